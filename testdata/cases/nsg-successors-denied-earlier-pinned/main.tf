# The rule for the successors comes after the deny for the Internet and never counts.
locals {
  rules = [
    { name = "kms", priority = 100, access = "Allow", port = "1688", to = ["23.102.135.246"] }, # expect: warning azure-kms/security-group missing=20.118.99.224,40.83.235.53 legacy="23.102.135.246"
    { name = "no-internet", priority = 200, access = "Deny", port = "*", to = ["0.0.0.0/0"] },
    { name = "azkms", priority = 300, access = "Allow", port = "1688", to = ["20.118.99.224", "40.83.235.53"] },
  ]
}

resource "azurerm_network_security_group" "db" {
  name                = "nsg-db"
  location            = "centralindia"
  resource_group_name = "rg-db"
}

resource "azurerm_network_security_rule" "out" {
  for_each = { for r in local.rules : r.name => r }

  name                         = each.key
  resource_group_name          = azurerm_network_security_group.db.resource_group_name
  network_security_group_name  = azurerm_network_security_group.db.name
  priority                     = each.value.priority
  direction                    = "Outbound"
  access                       = each.value.access
  protocol                     = "Tcp"
  source_port_range            = "*"
  source_address_prefix        = "*"
  destination_port_range       = each.value.port
  destination_address_prefixes = each.value.to
}
