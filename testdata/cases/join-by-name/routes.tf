resource "azurerm_route" "default" {
  name                   = "default"
  resource_group_name    = "rg-plant"
  route_table_name       = "rt-plant-07"
  address_prefix         = "0.0.0.0/0"
  next_hop_type          = "VirtualAppliance"
  next_hop_in_ip_address = "10.7.0.4"
}

resource "azurerm_route" "kms" {
  name                = "kms"
  resource_group_name = "rg-plant"
  route_table_name    = "RT-PLANT-07"
  address_prefix      = "23.102.135.246/32" # expect: error azure-kms/route-table containers=azurerm_route_table.plant
  next_hop_type       = "Internet"
}
