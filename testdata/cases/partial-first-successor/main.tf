# Half of a migration: 40.83.235.53 is still tunnelled.
locals {
  direct = {
    kms   = "23.102.135.246/32" # expect: error azure-kms/route-table missing=40.83.235.53 legacy="23.102.135.246/32"
    azkms = "20.118.99.224/32"
  }
}

resource "azurerm_route_table" "pos" {
  name                = "rt-pos"
  location            = "brazilsouth"
  resource_group_name = "rg-pos"

  route {
    name           = "default"
    address_prefix = "0.0.0.0/0"
    next_hop_type  = "VirtualNetworkGateway"
  }

  dynamic "route" {
    for_each = local.direct
    content {
      name           = route.key
      address_prefix = route.value
      next_hop_type  = "Internet"
    }
  }
}
