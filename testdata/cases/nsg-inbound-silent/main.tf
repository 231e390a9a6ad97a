# The legacy address as the source and the destination of inbound rules: no pin.
resource "azurerm_network_security_group" "web" {
  name                = "nsg-web"
  location            = "centralindia"
  resource_group_name = "rg-web"
}

resource "azurerm_network_security_rule" "kms_in" {
  name                        = "AllowKmsInbound"
  resource_group_name         = azurerm_network_security_group.web.resource_group_name
  network_security_group_name = azurerm_network_security_group.web.name
  priority                    = 200
  direction                   = "Inbound"
  access                      = "Allow"
  protocol                    = "Tcp"
  source_port_range           = "*"
  source_address_prefix       = "23.102.135.246"
  destination_port_range      = "1688"
  destination_address_prefix  = "23.102.135.246"
}

resource "azurerm_network_security_rule" "deny_out" {
  name                        = "DenyAllOutbound"
  resource_group_name         = azurerm_network_security_group.web.resource_group_name
  network_security_group_name = azurerm_network_security_group.web.name
  priority                    = 4096
  direction                   = "Outbound"
  access                      = "Deny"
  protocol                    = "*"
  source_port_range           = "*"
  source_address_prefix       = "*"
  destination_port_range      = "*"
  destination_address_prefix  = "*"
}
