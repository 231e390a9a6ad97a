variable "name" {
  type = string
}

variable "routes" {
  type = list(object({
    name   = string
    prefix = string
    hop    = optional(string, "Internet")
  }))
}

resource "azurerm_route_table" "this" {
  name                = var.name
  location            = "qatarcentral"
  resource_group_name = "rg-network"

  route {
    name           = "default"
    address_prefix = "0.0.0.0/0"
    next_hop_type  = "VirtualNetworkGateway"
  }

  dynamic "route" {
    for_each = var.routes
    content {
      name           = route.value.name
      address_prefix = route.value.prefix
      next_hop_type  = route.value.hop
    }
  }
}
