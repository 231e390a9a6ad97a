# Wide prefixes and /31s serve the successors as well as a /32.
locals {
  tables = {
    wide   = ["23.102.135.246/32", "20.0.0.0/8", "40.80.0.0/12"]
    narrow = ["23.102.135.246/32", "20.118.99.224/31", "40.83.235.52/31"]
  }
}

resource "azurerm_route_table" "this" {
  for_each = local.tables

  name                = "rt-${each.key}"
  location            = "westus"
  resource_group_name = "rg-supersets"

  route {
    name           = "default"
    address_prefix = "0.0.0.0/0"
    next_hop_type  = "VirtualNetworkGateway"
  }

  dynamic "route" {
    for_each = { for i, p in each.value : i => p }
    content {
      name           = "direct-${route.key}"
      address_prefix = route.value
      next_hop_type  = "Internet"
    }
  }
}
