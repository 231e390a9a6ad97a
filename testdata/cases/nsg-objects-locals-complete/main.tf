# A list of objects in locals feeds standalone rules: one object for each address, before a deny for the Internet.
locals {
  outbound = [
    { name = "kms", priority = 200, access = "Allow", port = "1688", to = "23.102.135.246/32" },
    { name = "azkms1", priority = 210, access = "Allow", port = "1688", to = "20.118.99.224/32" },
    { name = "azkms2", priority = 220, access = "Allow", port = "1688", to = "40.83.235.53/32" },
    { name = "internet", priority = 4000, access = "Deny", port = "*", to = "Internet" },
  ]
}

resource "azurerm_network_security_group" "vm" {
  name                = "nsg-vm"
  location            = "germanynorth"
  resource_group_name = "rg-vm"
}

resource "azurerm_network_security_rule" "out" {
  count = length(local.outbound)

  name                        = local.outbound[count.index].name
  resource_group_name         = azurerm_network_security_group.vm.resource_group_name
  network_security_group_name = azurerm_network_security_group.vm.name
  priority                    = local.outbound[count.index].priority
  direction                   = "Outbound"
  access                      = local.outbound[count.index].access
  protocol                    = "*"
  source_port_range           = "*"
  source_address_prefix       = "*"
  destination_port_range      = local.outbound[count.index].port
  destination_address_prefix  = local.outbound[count.index].to
}
