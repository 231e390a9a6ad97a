# The module is not on disk, and all three addresses have the same next hop.
module "rt_erp" {
  source  = "registry.terraform.io/azure/AVM-res-network-routetable/azurerm"
  version = "0.4.1"

  name                = "rt-erp-neu"
  location            = "northeurope"
  resource_group_name = "rg-erp-network"

  routes = merge({
    default = {
      name                   = "default"
      address_prefix         = "0.0.0.0/0"
      next_hop_type          = "VirtualAppliance"
      next_hop_in_ip_address = "10.60.0.4"
    }
    }, {
    for index, address in ["23.102.135.246", "20.118.99.224", "40.83.235.53"] : "kms-${index}" => {
      name           = "kms-${index}"
      address_prefix = "${address}/32"
      next_hop_type  = "Internet"
    }
  })
}
