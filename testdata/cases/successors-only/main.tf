# The legacy route has been removed: nothing is pinned.
resource "azurerm_route_table" "new" {
  name                = "rt-new"
  location            = "polandcentral"
  resource_group_name = "rg-new"

  route {
    name           = "default"
    address_prefix = "0.0.0.0/0"
    next_hop_type  = "VirtualNetworkGateway"
  }

  dynamic "route" {
    for_each = ["20.118.99.224/32", "40.83.235.53/32"]
    content {
      name           = "azkms-${route.key}"
      address_prefix = route.value
      next_hop_type  = "Internet"
    }
  }
}
