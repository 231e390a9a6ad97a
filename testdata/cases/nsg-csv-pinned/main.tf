# Rules from a CSV file; its line for activation names the legacy address alone.
locals {
  rules = csvdecode(file("${path.module}/nsg.csv"))
}

resource "azurerm_network_security_group" "ot" {
  name                = "nsg-ot"
  location            = "westeurope"
  resource_group_name = "rg-ot"
}

resource "azurerm_network_security_rule" "ot" {
  for_each = { for r in local.rules : r.name => r }

  name                        = each.key
  resource_group_name         = azurerm_network_security_group.ot.resource_group_name
  network_security_group_name = azurerm_network_security_group.ot.name
  priority                    = each.value.priority
  direction                   = each.value.direction
  access                      = each.value.access
  protocol                    = "Tcp"
  source_port_range           = "*"
  source_address_prefix       = "*"
  destination_port_range      = each.value.port
  destination_address_prefix  = each.value.destination
}
