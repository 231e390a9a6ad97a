# One inline rule for all three addresses in the plural attribute, before a deny for everything.
resource "azurerm_network_security_group" "app" {
  name                = "nsg-app"
  location            = "eastus2"
  resource_group_name = "rg-app"

  security_rule {
    name                         = "AllowWindowsActivation"
    priority                     = 200
    direction                    = "Outbound"
    access                       = "Allow"
    protocol                     = "Tcp"
    source_port_range            = "*"
    destination_port_ranges      = ["443", "1600-1700"]
    source_address_prefix        = "VirtualNetwork"
    destination_address_prefixes = ["23.102.135.246/32", "20.118.99.224/32", "40.83.235.53/32"]
  }

  security_rule {
    name                       = "DenyAllOutbound"
    priority                   = 4096
    direction                  = "Outbound"
    access                     = "Deny"
    protocol                   = "*"
    source_port_range          = "*"
    destination_port_range     = "*"
    source_address_prefix      = "*"
    destination_address_prefix = "*"
  }
}
