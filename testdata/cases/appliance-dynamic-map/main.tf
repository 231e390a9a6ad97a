# dynamic "route" over a map of objects in a local.
locals {
  routes = {
    default = {
      prefix = "0.0.0.0/0"
      type   = "VirtualAppliance"
      hop    = "10.8.0.36"
    }
    activation = {
      prefix = "23.102.135.246/32" # expect: error azure-kms/route-table missing=20.118.99.224,40.83.235.53 legacy="23.102.135.246/32"
      type   = "Internet"
      hop    = null
    }
  }
}

resource "azurerm_route_table" "app" {
  name                = "rt-app"
  location            = "uksouth"
  resource_group_name = "rg-app"

  dynamic "route" {
    for_each = local.routes
    content {
      name                   = route.key
      address_prefix         = route.value.prefix
      next_hop_type          = route.value.type
      next_hop_in_ip_address = route.value.hop
    }
  }
}
