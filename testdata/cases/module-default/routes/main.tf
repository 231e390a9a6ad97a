variable "name" {
  type = string
}

variable "prefixes" {
  type     = list(string)
  nullable = false
  default  = ["23.102.135.246/32"] # expect: error azure-kms/route-table missing=20.118.99.224,40.83.235.53 containers=module.one.azurerm_route_table.this,module.three.azurerm_route_table.this
}

resource "azurerm_route_table" "this" {
  name                = var.name
  location            = "westus2"
  resource_group_name = "rg-routes"

  route {
    name           = "default"
    address_prefix = "0.0.0.0/0"
    next_hop_type  = "VirtualNetworkGateway"
  }

  dynamic "route" {
    for_each = var.prefixes
    content {
      name           = "direct-${route.key}"
      address_prefix = route.value
      next_hop_type  = "Internet"
    }
  }
}
