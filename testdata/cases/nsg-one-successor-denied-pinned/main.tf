# All three addresses are allowed in one rule, but an earlier one denies a successor.
resource "azurerm_network_security_group" "lab" {
  name                = "nsg-lab"
  location            = "uaenorth"
  resource_group_name = "rg-lab"

  security_rule {
    name                         = "DenySuspicious"
    priority                     = 150
    direction                    = "Outbound"
    access                       = "Deny"
    protocol                     = "*"
    source_port_range            = "*"
    destination_port_range       = "*"
    source_address_prefix        = "*"
    destination_address_prefixes = ["40.83.235.0/24", "203.0.113.0/24"]
  }

  security_rule {
    name                         = "AllowKms"
    priority                     = 160
    direction                    = "Outbound"
    access                       = "Allow"
    protocol                     = "Tcp"
    source_port_range            = "*"
    destination_port_range       = "1688"
    source_address_prefix        = "*"
    destination_address_prefixes = ["23.102.135.246", "20.118.99.224", "40.83.235.53"] # expect: warning azure-kms/security-group missing=40.83.235.53 legacy="23.102.135.246"
  }
}
