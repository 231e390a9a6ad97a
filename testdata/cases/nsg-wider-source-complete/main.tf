# The legacy rule is for one subnet, the successors' rule for the whole network.
resource "azurerm_network_security_group" "shared" {
  name                = "nsg-shared"
  location            = "uaenorth"
  resource_group_name = "rg-shared"

  security_rule {
    name                       = "kms"
    priority                   = 110
    direction                  = "Outbound"
    access                     = "Allow"
    protocol                   = "Tcp"
    source_port_range          = "*"
    destination_port_range     = "1688"
    source_address_prefix      = "10.60.0.0/22"
    destination_address_prefix = "23.102.135.246"
  }

  security_rule {
    name                         = "azkms"
    priority                     = 120
    direction                    = "Outbound"
    access                       = "Allow"
    protocol                     = "Tcp"
    source_port_range            = "*"
    destination_port_range       = "1688"
    source_address_prefix        = "VirtualNetwork"
    destination_address_prefixes = ["20.118.99.224", "40.83.235.53"]
  }

  security_rule {
    name                       = "deny-out"
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
