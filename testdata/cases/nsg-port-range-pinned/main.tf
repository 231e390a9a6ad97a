# A wide range of ports holds 1688.
resource "azurerm_network_security_group" "grid" {
  name                = "nsg-grid"
  location            = "centralus"
  resource_group_name = "rg-grid"
}

resource "azurerm_network_security_rule" "high_ports" {
  name                        = "high-ports"
  resource_group_name         = "rg-grid"
  network_security_group_name = azurerm_network_security_group.grid.name
  priority                    = 110
  direction                   = "Outbound"
  access                      = "Allow"
  protocol                    = "Tcp"
  source_port_range           = "*"
  source_address_prefix       = "*"
  destination_port_ranges     = ["443", "1024-65535"]
  destination_address_prefix  = "23.102.135.0/24" # expect: warning azure-kms/security-group missing=20.118.99.224,40.83.235.53 legacy="23.102.135.0/24"
}

resource "azurerm_network_security_rule" "deny" {
  name                        = "deny"
  resource_group_name         = "rg-grid"
  network_security_group_name = azurerm_network_security_group.grid.name
  priority                    = 4096
  direction                   = "Outbound"
  access                      = "Deny"
  protocol                    = "*"
  source_port_range           = "*"
  source_address_prefix       = "*"
  destination_port_range      = "*"
  destination_address_prefix  = "*"
}
