# Management addresses of App Service Environments as the sources of an inbound rule.
locals {
  ase_management = [
    "13.64.115.203", "13.75.127.117", "13.94.141.115", "13.94.143.126", "13.94.149.179",
    "23.102.135.246", "23.102.188.65", "40.83.120.64", "52.165.152.214", "104.208.54.11",
  ]
}

resource "azurerm_network_security_group" "ase" {
  name                = "nsg-ase"
  location            = "eastus"
  resource_group_name = "rg-ase"
}

resource "azurerm_network_security_rule" "management" {
  name                        = "ase-management"
  resource_group_name         = azurerm_network_security_group.ase.resource_group_name
  network_security_group_name = azurerm_network_security_group.ase.name
  priority                    = 100
  direction                   = "Inbound"
  access                      = "Allow"
  protocol                    = "Tcp"
  source_port_range           = "*"
  source_address_prefixes     = local.ase_management
  destination_port_range      = "454-455"
  destination_address_prefix  = "*"
}
