# Port 1688 for UDP alone: activation never passes, whatever the address.
resource "azurerm_network_security_group" "old" {
  name                = "nsg-old"
  location            = "japanwest"
  resource_group_name = "rg-old"

  security_rule {
    name                       = "windows"
    priority                   = 110
    direction                  = "Outbound"
    access                     = "Allow"
    protocol                   = "Udp" # expect: warning azure-kms/ineffective missing= legacy="Udp"
    source_port_range          = "*"
    destination_port_range     = "1688"
    source_address_prefix      = "*"
    destination_address_prefix = "23.102.135.246"
  }

  security_rule {
    name                       = "DenyAll"
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
