# The framework's module is not on disk: its maps name each other by keys.
locals {
  routes = {
    default = {
      name               = "default"
      resource_group_key = "network"
      route_table_key    = "spoke"
      address_prefix     = "0.0.0.0/0"
      next_hop_type      = "VirtualAppliance"
      private_ip_keys    = { azurerm_firewall = { key = "hub", interface_index = 0 } }
    }
    kms = {
      name               = "kms"
      resource_group_key = "network"
      route_table_key    = "spoke"
      address_prefix     = "23.102.135.246/32" # expect: error azure-kms/route-table missing=20.118.99.224,40.83.235.53 containers=module.caf.route_tables.spoke
      next_hop_type      = "Internet"
    }
    elsewhere = {
      name               = "kms"
      resource_group_key = "network"
      route_table_key    = "other"
      address_prefix     = "20.118.99.224/32"
      next_hop_type      = "Internet"
    }
  }
}

module "caf" {
  source  = "aztfmod/caf/azurerm"
  version = "5.7.0"

  networking = {
    route_tables = {
      spoke = { name = "rt-spoke", resource_group_key = "network" }
      other = { name = "rt-other", resource_group_key = "network" }
    }
    azurerm_routes = local.routes
  }

  security = {}
}
