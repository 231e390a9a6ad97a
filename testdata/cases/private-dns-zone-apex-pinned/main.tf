# A private zone of the legacy host itself, with the address at its apex.
locals {
  zones = {
    "kms.core.windows.net" = ["23.102.135.246"] # expect-near: warning azure-kms/name-record missing=azkms.core.windows.net
    "intra.contoso.com"    = ["10.0.0.10"]
  }
}

resource "azurerm_private_dns_zone" "this" {
  for_each = local.zones

  name                = each.key
  resource_group_name = "rg-dns"
}

resource "azurerm_private_dns_a_record" "apex" {
  for_each = local.zones

  name                = "@"
  zone_name           = azurerm_private_dns_zone.this[each.key].name
  resource_group_name = "rg-dns"
  ttl                 = 300
  records             = each.value
}
