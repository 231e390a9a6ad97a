# Legacy address and the tag AzureCloud, both on TCP/1688, before a deny.
resource "azurerm_network_security_group" "tag" {
  name                = "nsg-tag"
  location            = "northcentralus"
  resource_group_name = "rg-tag"
}

resource "azurerm_network_security_rule" "allow" {
  for_each = {
    "23.102.135.246" = 200
    "AzureCloud"     = 210
  }

  name                        = "allow-1688-${each.value}"
  resource_group_name         = azurerm_network_security_group.tag.resource_group_name
  network_security_group_name = azurerm_network_security_group.tag.name
  priority                    = each.value
  direction                   = "Outbound"
  access                      = "Allow"
  protocol                    = "Tcp"
  source_port_range           = "*"
  source_address_prefix       = "*"
  destination_port_range      = "1688"
  destination_address_prefix  = each.key
}

resource "azurerm_network_security_rule" "deny" {
  name                        = "deny-internet"
  resource_group_name         = azurerm_network_security_group.tag.resource_group_name
  network_security_group_name = azurerm_network_security_group.tag.name
  priority                    = 4000
  direction                   = "Outbound"
  access                      = "Deny"
  protocol                    = "*"
  source_port_range           = "*"
  source_address_prefix       = "*"
  destination_port_range      = "*"
  destination_address_prefix  = "Internet"
}
