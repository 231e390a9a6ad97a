# Nobody runs the defaults alone: stage has none. So the pinned default is never used.
variable "stage" {
  type = string
}

variable "kms" {
  type    = list(string)
  default = ["23.102.135.246/32"]
}

resource "azurerm_route_table" "this" {
  name                = "rt-${var.stage}"
  location            = "westus2"
  resource_group_name = "rg-${var.stage}"

  route {
    name           = "default"
    address_prefix = "0.0.0.0/0"
    next_hop_type  = "VirtualNetworkGateway"
  }

  dynamic "route" {
    for_each = var.kms
    content {
      name           = "kms-${route.key}"
      address_prefix = route.value
      next_hop_type  = "Internet"
    }
  }
}
