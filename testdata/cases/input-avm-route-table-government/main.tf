# The government cloud has one address for its own.
module "rt_gov" {
  source  = "Azure/avm-res-network-routetable/azurerm"
  version = "0.4.1"

  name                = "rt-gov"
  location            = "usgovvirginia"
  resource_group_name = "rg-network"

  routes = {
    default = {
      name           = "default"
      address_prefix = "0.0.0.0/0"
      next_hop_type  = "VirtualNetworkGateway"
    }
    kms = {
      name           = "kms"
      address_prefix = "23.97.0.13/32" # expect: error azure-kms/route-table missing=52.126.105.2 cloud=AzureUSGovernment
      next_hop_type  = "Internet"
    }
  }
}
