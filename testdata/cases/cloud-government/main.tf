# US Government: one legacy address, one successor. The second table is complete.
locals {
  pinned   = { kms = "23.97.0.13/32" } # expect: error azure-kms/route-table cloud=AzureUSGovernment missing=52.126.105.2 legacy="23.97.0.13/32"
  complete = { kms = "23.97.0.13/32", azkms = "52.126.105.2/32" }
}

resource "azurerm_route_table" "pinned" {
  name                = "rt-pinned"
  location            = "usgovvirginia"
  resource_group_name = "rg-gov"

  route {
    name           = "default"
    address_prefix = "0.0.0.0/0"
    next_hop_type  = "VirtualNetworkGateway"
  }

  dynamic "route" {
    for_each = local.pinned
    content {
      name           = route.key
      address_prefix = route.value
      next_hop_type  = "Internet"
    }
  }
}

resource "azurerm_route_table" "complete" {
  name                = "rt-complete"
  location            = "usgovvirginia"
  resource_group_name = "rg-gov"

  route {
    name           = "default"
    address_prefix = "0.0.0.0/0"
    next_hop_type  = "VirtualNetworkGateway"
  }

  dynamic "route" {
    for_each = local.complete
    content {
      name           = route.key
      address_prefix = route.value
      next_hop_type  = "Internet"
    }
  }
}
