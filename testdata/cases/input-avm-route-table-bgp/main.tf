# Without a default route it depends on what BGP brings, which the module lets in unless it is told not to.
locals {
  routes = {
    kms = {
      name           = "kms"
      address_prefix = "23.102.135.246/32" # expect: warning azure-kms/route-table missing=20.118.99.224,40.83.235.53 containers=module.rt_open
      next_hop_type  = "Internet"
    }
  }
}

module "rt_open" {
  source  = "Azure/avm-res-network-routetable/azurerm"
  version = "~> 0.4"

  name                = "rt-open"
  location            = "northeurope"
  resource_group_name = "rg-network"
  routes              = local.routes
}

module "rt_closed" {
  source  = "Azure/avm-res-network-routetable/azurerm"
  version = "~> 0.4"

  name                          = "rt-closed"
  location                      = "northeurope"
  resource_group_name           = "rg-network"
  bgp_route_propagation_enabled = false

  routes = {
    kms = {
      name           = "kms"
      address_prefix = "23.102.135.246/32" # expect: note azure-kms/route-table containers=module.rt_closed
      next_hop_type  = "Internet"
    }
  }
}
