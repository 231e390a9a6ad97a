# Records for the successor host and for a company's own host called kms (not kms.core.windows.net).
resource "azurerm_private_dns_a_record" "azkms" {
  name                = "@"
  zone_name           = "azkms.core.windows.net"
  resource_group_name = "rg-dns"
  ttl                 = 300
  records             = ["20.118.99.224", "40.83.235.53"]
}

resource "azurerm_private_dns_a_record" "own" {
  name                = "kms"
  zone_name           = "core.contoso.com"
  resource_group_name = "rg-dns"
  ttl                 = 300
  records             = ["10.0.0.10"]
}
