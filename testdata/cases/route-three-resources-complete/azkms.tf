resource "azurerm_route" "azkms01" {
  name                = "DirectRouteToAZKMS01"
  resource_group_name = "rg-spoke"
  route_table_name    = azurerm_route_table.spoke.name
  address_prefix      = "20.118.99.224/32"
  next_hop_type       = "Internet"
}

resource "azurerm_route" "azkms02" {
  name                = "DirectRouteToAZKMS02"
  resource_group_name = "rg-spoke"
  route_table_name    = "rt-spoke"
  address_prefix      = "40.83.235.53/32"
  next_hop_type       = "Internet"
}
