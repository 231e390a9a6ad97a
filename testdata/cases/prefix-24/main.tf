# A /24 around the legacy address is narrow enough to be meant for it.
resource "azurerm_route_table" "hpc" {
  name                = "rt-hpc"
  location            = "southcentralus"
  resource_group_name = "rg-hpc"
}

resource "azurerm_route" "default" {
  name                = "default"
  resource_group_name = "rg-hpc"
  route_table_name    = azurerm_route_table.hpc.name
  address_prefix      = "0.0.0.0/0"
  next_hop_type       = "VirtualNetworkGateway"
}

resource "azurerm_route" "narrow" {
  name                = "ms-24"
  resource_group_name = "rg-hpc"
  route_table_name    = azurerm_route_table.hpc.name
  address_prefix      = "23.102.135.0/24" # expect: error azure-kms/route-table missing=20.118.99.224,40.83.235.53 legacy="23.102.135.0/24"
  next_hop_type       = "Internet"
}
