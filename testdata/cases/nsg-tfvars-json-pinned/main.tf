# Destinations from a JSON variable file that loads by itself.
variable "activation_hosts" {
  type = set(string)
}

resource "azurerm_network_security_group" "ci" {
  name                = "nsg-ci"
  location            = "westeurope"
  resource_group_name = "rg-ci"

  security_rule {
    name                         = "activation"
    priority                     = 200
    direction                    = "Outbound"
    access                       = "Allow"
    protocol                     = "Tcp"
    source_port_range            = "*"
    destination_port_range       = "1688"
    source_address_prefix        = "*"
    destination_address_prefixes = var.activation_hosts
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
