# One table for two clouds, each family judged by itself: the first is complete, the second is not.
locals {
  kms = [
    "23.102.135.246/32",
    "20.118.99.224/32",
    "40.83.235.53/32",
    "23.97.0.13/32", # expect: error azure-kms/route-table cloud=AzureUSGovernment missing=52.126.105.2
  ]
}

resource "azurerm_route_table" "any" {
  name                = "rt-any"
  location            = "eastus"
  resource_group_name = "rg-any"

  route {
    name           = "default"
    address_prefix = "0.0.0.0/0"
    next_hop_type  = "VirtualNetworkGateway"
  }

  dynamic "route" {
    for_each = local.kms
    content {
      name           = "kms-${route.key}"
      address_prefix = route.value
      next_hop_type  = "Internet"
    }
  }
}
