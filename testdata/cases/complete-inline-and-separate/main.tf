# The legacy route is a block of the table, the successors are resources of their own: one table.
resource "azurerm_route_table" "core" {
  name                = "rt-core"
  location            = "canadacentral"
  resource_group_name = "rg-core"

  route {
    name                   = "default"
    address_prefix         = "0.0.0.0/0"
    next_hop_type          = "VirtualAppliance"
    next_hop_in_ip_address = "10.60.0.4"
  }

  route {
    name           = "kms"
    address_prefix = "23.102.135.246/32"
    next_hop_type  = "Internet"
  }

  lifecycle {
    ignore_changes = [route]
  }
}

resource "azurerm_route" "azkms" {
  for_each = toset(["20.118.99.224", "40.83.235.53"])

  name                = "azkms-${replace(each.key, ".", "-")}"
  resource_group_name = azurerm_route_table.core.resource_group_name
  route_table_name    = azurerm_route_table.core.name
  address_prefix      = "${each.value}/32"
  next_hop_type       = "Internet"
}
