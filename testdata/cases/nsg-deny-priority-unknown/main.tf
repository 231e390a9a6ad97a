resource "azurerm_network_security_group" "g" {
  name                = "g"
  location            = "westeurope"
  resource_group_name = "rg"
  security_rule {
    name                       = "kms"
    priority                   = 100
    direction                  = "Outbound"
    access                     = "Allow"
    protocol                   = "Tcp"
    source_port_range          = "*"
    source_address_prefix      = "*"
    destination_port_range     = "1688"
    destination_address_prefix = "23.102.135.246" # expect: note azure-kms/security-group missing=20.118.99.224,40.83.235.53
  }
  security_rule {
    name                         = "new"
    priority                     = 200
    direction                    = "Outbound"
    access                       = "Allow"
    protocol                     = "Tcp"
    source_port_range            = "*"
    source_address_prefix        = "*"
    destination_port_range       = "1688"
    destination_address_prefixes = ["20.118.99.224", "40.83.235.53"]
  }
  security_rule {
    name                       = "deny"
    priority                   = length(azurerm_resource_group.hub.id)
    direction                  = "Outbound"
    access                     = "Deny"
    protocol                   = "*"
    source_port_range          = "*"
    source_address_prefix      = "*"
    destination_port_range     = "*"
    destination_address_prefix = "*"
  }
}
resource "azurerm_resource_group" "hub" {
  name     = "rg"
  location = "westeurope"
}
