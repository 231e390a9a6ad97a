# Definitions in variable files as landing zones have them: keys that point at keys, lookups with fallbacks.
provider "azurerm" {
  features {}
}

variable "global_settings" {
  type = any
  default = {
    default_region = "region1"
    regions        = { region1 = "southeastasia", region2 = "eastasia" }
    prefixes       = ["caf"]
  }
}

variable "resource_groups" {
  default = {}
}

variable "route_tables" {
  default = {}
}

variable "azurerm_routes" {
  default = {}
}

locals {
  groups = { for k, g in var.resource_groups : k => {
    name     = join("-", concat(var.global_settings.prefixes, ["rg", g.name]))
    location = lookup(var.global_settings.regions, lookup(g, "region", var.global_settings.default_region), "unknown")
  } }
}

resource "azurerm_route_table" "rt" {
  for_each = var.route_tables

  name                          = each.value.name
  location                      = local.groups[each.value.resource_group_key].location
  resource_group_name           = local.groups[each.value.resource_group_key].name
  bgp_route_propagation_enabled = !lookup(each.value, "disable_bgp_route_propagation", false)
  tags                          = lookup(each.value, "tags", null)
}

resource "azurerm_route" "route" {
  for_each = {
    for key, r in var.azurerm_routes : key => r
    if can(var.route_tables[r.route_table_key])
  }

  name                   = each.value.name
  resource_group_name    = local.groups[each.value.resource_group_key].name
  route_table_name       = azurerm_route_table.rt[each.value.route_table_key].name
  address_prefix         = each.value.address_prefix
  next_hop_type          = each.value.next_hop_type
  next_hop_in_ip_address = try(lower(each.value.next_hop_type), "") == "virtualappliance" ? try(each.value.next_hop_in_ip_address, null) : null
}
