# A later map replaces the pinned entry with a complete set.
locals {
  defaults = { kms = ["23.102.135.246/32"] }
  override = { kms = concat(["23.102.135.246/32"], local.azkms) }
  azkms    = ["20.118.99.224/32", "40.83.235.53/32"]
  groups   = merge(local.defaults, local.override)
}

resource "azurerm_route_table" "this" {
  name                = "rt-merge"
  location            = "westeurope"
  resource_group_name = "rg-merge"

  route {
    name           = "default"
    address_prefix = "0.0.0.0/0"
    next_hop_type  = "VirtualNetworkGateway"
  }

  dynamic "route" {
    for_each = toset(local.groups["kms"])
    content {
      name           = "kms-${index(local.groups.kms, route.value)}"
      address_prefix = route.value
      next_hop_type  = "Internet"
    }
  }
}
