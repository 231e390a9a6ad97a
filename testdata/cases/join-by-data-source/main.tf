# The table lives elsewhere; all routes name it by the same data source.
data "azurerm_route_table" "shared" {
  name                = "rt-shared"
  resource_group_name = "rg-shared"
}

resource "azurerm_route" "default" {
  name                = "default"
  resource_group_name = data.azurerm_route_table.shared.resource_group_name
  route_table_name    = data.azurerm_route_table.shared.name
  address_prefix      = "0.0.0.0/0"
  next_hop_type       = "VirtualNetworkGateway"
}

resource "azurerm_route" "kms" {
  name                = "kms"
  resource_group_name = data.azurerm_route_table.shared.resource_group_name
  route_table_name    = data.azurerm_route_table.shared.name
  address_prefix      = "23.102.135.246/32" # expect: error azure-kms/route-table missing=20.118.99.224,40.83.235.53
  next_hop_type       = "Internet"
}
