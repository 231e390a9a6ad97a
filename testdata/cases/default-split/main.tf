# Two halves make a default route.
resource "azurerm_route_table" "edge" {
  name                = "rt-edge"
  location            = "australiaeast"
  resource_group_name = "rg-edge"

  dynamic "route" {
    for_each = { lower = "0.0.0.0/1", upper = "128.0.0.0/1" }
    iterator = half
    content {
      name           = "default-${half.key}"
      address_prefix = half.value
      next_hop_type  = "VirtualNetworkGateway"
    }
  }

  route {
    name           = "kms"
    address_prefix = "23.102.135.246/32" # expect: error azure-kms/route-table missing=20.118.99.224,40.83.235.53
    next_hop_type  = "Internet"
  }
}
