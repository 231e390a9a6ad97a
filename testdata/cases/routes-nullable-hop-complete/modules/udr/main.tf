# Makes a route table of a list of routes.
variable "name" {
  type = string
}

variable "routes" {
  type = list(object({
    name           = string
    address_prefix = string
    next_hop_ip    = optional(string)
  }))
  default = []
}

resource "azurerm_route_table" "this" {
  name                = var.name
  resource_group_name = "rg-citrix"
  location            = "westeurope"

  dynamic "route" {
    for_each = { for r in var.routes : r.name => r }
    content {
      name                   = route.key
      address_prefix         = route.value.address_prefix
      next_hop_type          = route.value.next_hop_ip == null ? "Internet" : "VirtualAppliance"
      next_hop_in_ip_address = route.value.next_hop_ip
    }
  }
}
