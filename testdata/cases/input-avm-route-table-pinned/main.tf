# The module is not on disk; its input routes is a route table, and the default route goes to an appliance.
module "rt_erp" {
  source  = "Azure/avm-res-network-routetable/azurerm"
  version = "0.4.1"

  name                          = "rt-erp-neu"
  location                      = "northeurope"
  resource_group_name           = "rg-erp-network"
  bgp_route_propagation_enabled = false
  enable_telemetry              = false

  routes = {
    default = {
      name                   = "default"
      address_prefix         = "0.0.0.0/0"
      next_hop_type          = "VirtualAppliance"
      next_hop_in_ip_address = "10.60.0.4"
    }
    kms = {
      name           = "activation"
      address_prefix = "23.102.135.246/32" # expect: error azure-kms/route-table missing=20.118.99.224,40.83.235.53 containers=module.rt_erp column=24
      next_hop_type  = "Internet"
    }
  }
}
