# The legacy address is allowed for one subnet, the successors for another.
variable "subnets" {
  type = map(string)
  default = {
    web = "10.1.0.0/24"
    app = "10.2.0.0/24"
  }
}

resource "azurerm_network_security_group" "shared" {
  name                = "nsg-shared"
  location            = "uaenorth"
  resource_group_name = "rg-shared"

  security_rule {
    name                       = "web-kms"
    priority                   = 110
    direction                  = "Outbound"
    access                     = "Allow"
    protocol                   = "Tcp"
    source_port_range          = "*"
    destination_port_range     = "1688"
    source_address_prefix      = var.subnets["web"]
    destination_address_prefix = "23.102.135.246" # expect: warning azure-kms/security-group missing=20.118.99.224,40.83.235.53 legacy="23.102.135.246"
  }

  security_rule {
    name                         = "app-kms"
    priority                     = 120
    direction                    = "Outbound"
    access                       = "Allow"
    protocol                     = "Tcp"
    source_port_range            = "*"
    destination_port_range       = "1688"
    source_address_prefix        = var.subnets["app"]
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
