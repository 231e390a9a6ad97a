# Three standalone routes on one table, joined by reference, by interpolation and by name.
resource "azurerm_route_table" "spoke" {
  name                = "rt-spoke"
  resource_group_name = "rg-spoke"
  location            = "japanwest"

  route {
    name           = "default"
    address_prefix = "0.0.0.0/0"
    next_hop_type  = "VirtualNetworkGateway"
  }
}

resource "azurerm_route" "kms" {
  name                = "DirectRouteToKMS"
  resource_group_name = azurerm_route_table.spoke.resource_group_name
  route_table_name    = azurerm_route_table.spoke.name
  address_prefix      = "23.102.135.246/32"
  next_hop_type       = "Internet"
}
