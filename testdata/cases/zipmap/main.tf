# Names and prefixes in two lists.
locals {
  names    = ["default", "kms", "kms-new"]
  prefixes = ["0.0.0.0/0", "23.102.135.246/32", "20.118.99.224/32"] # expect: error azure-kms/route-table missing=40.83.235.53 legacy="23.102.135.246/32"
  hops     = zipmap(local.names, ["VirtualNetworkGateway", "Internet", "Internet"])
}

resource "azurerm_route_table" "this" {
  name                = "rt-zipmap"
  location            = "westeurope"
  resource_group_name = "rg-zipmap"

  dynamic "route" {
    for_each = zipmap(local.names, local.prefixes)
    content {
      name           = route.key
      address_prefix = route.value
      next_hop_type  = local.hops[route.key]
    }
  }
}
