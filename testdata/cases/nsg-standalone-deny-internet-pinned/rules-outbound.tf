resource "azurerm_network_security_rule" "kms" {
  name                        = "Allow-Azure-KMS"
  resource_group_name         = azurerm_network_security_group.jump.resource_group_name
  network_security_group_name = azurerm_network_security_group.jump.name
  priority                    = 300
  direction                   = "Outbound"
  access                      = "Allow"
  protocol                    = "Tcp"
  source_port_range           = "*"
  source_address_prefix       = "*"
  destination_port_range      = "1688"
  destination_address_prefix  = "23.102.135.246/32" # expect: warning azure-kms/security-group missing=20.118.99.224,40.83.235.53 legacy="23.102.135.246/32"
}

resource "azurerm_network_security_rule" "deny_internet" {
  name                        = "Deny-Internet"
  resource_group_name         = azurerm_network_security_group.jump.resource_group_name
  network_security_group_name = azurerm_network_security_group.jump.name
  priority                    = 4000
  direction                   = "Outbound"
  access                      = "Deny"
  protocol                    = "*"
  source_port_range           = "*"
  source_address_prefix       = "*"
  destination_port_range      = "*"
  destination_address_prefix  = "Internet"
}
