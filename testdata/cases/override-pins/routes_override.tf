resource "azurerm_route_table" "this" {
  route {
    name           = "default"
    address_prefix = "0.0.0.0/0"
    next_hop_type  = "VirtualNetworkGateway"
  }

  route {
    name           = "kms-override"
    address_prefix = "23.102.135.246/32" # expect: error azure-kms/route-table missing=20.118.99.224,40.83.235.53
    next_hop_type  = "Internet"
  }
}
