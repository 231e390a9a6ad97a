# Groups of prefixes, flattened into routes.
locals {
  groups = {
    core = {
      hop      = "VirtualNetworkGateway"
      prefixes = ["0.0.0.0/0"]
    }
    direct = {
      hop = "Internet"
      prefixes = [
        "23.102.135.246/32", # expect: error azure-kms/route-table missing=20.118.99.224,40.83.235.53 legacy="23.102.135.246/32"
        "51.140.0.0/14",
      ]
    }
  }

  routes = flatten([
    for group, g in local.groups : [
      for i, prefix in g.prefixes : {
        name   = "${group}-${i}"
        prefix = prefix
        hop    = g.hop
      }
    ]
  ])
}

resource "azurerm_route_table" "this" {
  name                = "rt-flatten"
  location            = "spaincentral"
  resource_group_name = "rg-flatten"

  dynamic "route" {
    for_each = local.routes
    content {
      name           = route.value.name
      address_prefix = route.value.prefix
      next_hop_type  = route.value.hop
    }
  }
}
