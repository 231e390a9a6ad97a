variable "name" {
  type = string
}

variable "direct" {
  type    = map(string)
  default = { activation = "23.102.135.246/32" }
}

resource "azurerm_route_table" "this" {
  name                          = var.name
  location                      = "westeurope"
  resource_group_name           = "rg-installed"
  bgp_route_propagation_enabled = false

  route {
    name                   = "default"
    address_prefix         = "0.0.0.0/0"
    next_hop_type          = "VirtualAppliance"
    next_hop_in_ip_address = "10.0.0.4"
  }

  dynamic "route" {
    for_each = var.direct
    content {
      name           = route.key
      address_prefix = route.value
      next_hop_type  = "Internet"
    }
  }
}
