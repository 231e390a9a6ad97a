# A private zone answers for Microsoft's name and gives the legacy address.
resource "azurerm_private_dns_zone" "core" {
  name                = "core.windows.net"
  resource_group_name = "rg-dns"
}

resource "azurerm_private_dns_zone_virtual_network_link" "core" {
  name                  = "link-hub"
  resource_group_name   = "rg-dns"
  private_dns_zone_name = azurerm_private_dns_zone.core.name
  virtual_network_id    = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-hub/providers/Microsoft.Network/virtualNetworks/vnet-hub"
}

resource "azurerm_private_dns_a_record" "kms" {
  name                = "kms"
  zone_name           = azurerm_private_dns_zone.core.name
  resource_group_name = "rg-dns"
  ttl                 = 300
  records             = ["23.102.135.246"] # expect: warning azure-kms/name-record missing=azkms.core.windows.net legacy="23.102.135.246"
}
