# Two roots are deployed apart: the neighbour's routes do not help this table, though names agree.
resource "azurerm_route_table" "this" {
  name                = "rt-site"
  location            = "northeurope"
  resource_group_name = "rg-site"

  route {
    name           = "default"
    address_prefix = "0.0.0.0/0"
    next_hop_type  = "VirtualNetworkGateway"
  }

  route {
    name           = "kms"
    address_prefix = "23.102.135.246/32" # expect: error azure-kms/route-table missing=20.118.99.224,40.83.235.53
    next_hop_type  = "Internet"
  }
}
