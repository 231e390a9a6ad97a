variable "kms" {
  type = list(string)
}

resource "azurerm_route_table" "this" {
  name                = "rt-site"
  location            = "northeurope"
  resource_group_name = "rg-site"

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
