variable "name" {
  type = string
}

variable "location" {
  type = string
}

variable "resource_group_name" {
  type = string
}

variable "bgp_route_propagation_enabled" {
  type    = bool
  default = true
}

variable "routes" {
  type = map(object({
    name                   = optional(string)
    address_prefix         = string
    next_hop_type          = string
    next_hop_in_ip_address = optional(string)
  }))
  default = {}

  validation {
    condition     = alltrue([for route in var.routes : route.next_hop_type == "VirtualAppliance" || route.next_hop_in_ip_address == null])
    error_message = "Only an appliance has an address."
  }
}

variable "tags" {
  type    = map(string)
  default = null
}

resource "azurerm_route_table" "this" {
  name                          = var.name
  location                      = var.location
  resource_group_name           = var.resource_group_name
  bgp_route_propagation_enabled = var.bgp_route_propagation_enabled
  tags                          = var.tags
}

resource "azurerm_route" "this" {
  for_each = var.routes

  name                   = coalesce(each.value.name, each.key)
  resource_group_name    = azurerm_route_table.this.resource_group_name
  route_table_name       = azurerm_route_table.this.name
  address_prefix         = each.value.address_prefix
  next_hop_type          = each.value.next_hop_type
  next_hop_in_ip_address = each.value.next_hop_in_ip_address
}

output "name" {
  value = azurerm_route_table.this.name
}

output "id" {
  value = azurerm_route_table.this.id
}
