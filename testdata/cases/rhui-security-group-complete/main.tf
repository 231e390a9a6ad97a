# Outbound traffic is denied but for a few services.
resource "azurerm_network_security_group" "rhel" {
  name                = "nsg-rhel"
  location            = "eastus"
  resource_group_name = "rg-rhel"

  security_rule {
    name                         = "AllowRedHatUpdates"
    priority                     = 200
    direction                    = "Outbound"
    access                       = "Allow"
    protocol                     = "Tcp"
    source_port_range            = "*"
    destination_port_range       = "443"
    source_address_prefix        = "*"
    destination_address_prefixes = ["13.91.47.76", "52.174.163.213", "52.136.197.163", "20.225.226.182", "52.142.4.99", "20.248.180.252", "20.24.186.80"]
  }

  security_rule {
    name                       = "DenyInternet"
    priority                   = 4000
    direction                  = "Outbound"
    access                     = "Deny"
    protocol                   = "*"
    source_port_range          = "*"
    destination_port_range     = "*"
    source_address_prefix      = "*"
    destination_address_prefix = "Internet"
  }
}
