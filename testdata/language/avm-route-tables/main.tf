# A module in the style of Azure Verified Modules: maps of objects with nested optional attributes.
provider "azurerm" {
  features {}
}

module "routetable" {
  source   = "./modules/routetable"
  for_each = var.route_tables

  name                          = coalesce(each.value.name, "rt-${each.key}-${var.location}")
  location                      = var.location
  resource_group_name           = try(each.value.resource_group_name, null) != null ? each.value.resource_group_name : "rg-${var.workload}"
  bgp_route_propagation_enabled = each.value.bgp_route_propagation_enabled
  routes                        = merge(local.shared_routes[each.value.profile], each.value.routes)
  tags                          = merge(var.tags, each.value.tags)
}

locals {
  shared_routes = {
    none = {}
    forced = {
      default = {
        address_prefix         = "0.0.0.0/0"
        next_hop_type          = "VirtualAppliance"
        next_hop_in_ip_address = cidrhost(var.hub_prefix, 4)
      }
      kms = {
        address_prefix = "23.102.135.246/32"
        next_hop_type  = "Internet"
      }
    }
  }
}

output "names" {
  value = { for key, table in module.routetable : key => table.name }
}
