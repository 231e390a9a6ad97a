# The rule's name says what the wide prefix is for.
resource "azurerm_network_security_group" "wide" {
  name                = "nsg-wide"
  location            = "southcentralus"
  resource_group_name = "rg-wide"

  security_rule {
    name                       = "AllowWindowsActivation"
    priority                   = 200
    direction                  = "Outbound"
    access                     = "Allow"
    protocol                   = "Tcp"
    source_port_range          = "*"
    destination_port_range     = "1688"
    source_address_prefix      = "*"
    destination_address_prefix = "23.102.0.0/16" # expect: warning azure-kms/security-group missing=20.118.99.224,40.83.235.53 legacy="23.102.0.0/16"
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
