# The wrong address of 2022 counts as the one that was meant, and is a slip of its own; the second successor is missing.
resource "azurerm_network_security_group" "mix" {
  name                = "nsg-mix"
  location            = "westeurope"
  resource_group_name = "rg-mix"

  security_rule {
    name                   = "kms"
    priority               = 200
    direction              = "Outbound"
    access                 = "Allow"
    protocol               = "Tcp"
    source_port_range      = "*"
    destination_port_range = "1688"
    source_address_prefix  = "*"
    destination_address_prefixes = [
      "23.102.135.246", # expect: warning azure-kms/security-group missing=40.83.235.53 legacy="23.102.135.246"
      "20.118.99.244",  # expect: error azure-kms/mistyped-address missing=20.118.99.224 legacy="20.118.99.244"
    ]
  }

  security_rule {
    name                       = "deny"
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
