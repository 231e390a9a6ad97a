# The override brings a local that is complete.
locals {
  kms = ["23.102.135.246/32"]
}

resource "azurerm_route_table" "this" {
  name                = "rt-override"
  location            = "eastus"
  resource_group_name = "rg-override"

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
