# Routes that are not known may serve the successors; so may a whole map of them.
variable "more" {
  type = any
}

module "rt_merged" {
  source  = "Azure/avm-res-network-routetable/azurerm"
  version = "0.4.1"

  name                = "rt-merged"
  location            = "northeurope"
  resource_group_name = "rg-network"

  routes = {
    default = { name = "default", address_prefix = "0.0.0.0/0", next_hop_type = "VirtualNetworkGateway" }
    kms     = { name = "kms", address_prefix = "23.102.135.246/32", next_hop_type = "Internet" } # expect: note azure-kms/route-table missing=20.118.99.224,40.83.235.53
    other   = var.more
  }
}

module "rt_unseen" {
  source  = "Azure/avm-res-network-routetable/azurerm"
  version = "0.4.1"

  name                = "rt-unseen"
  location            = "northeurope"
  resource_group_name = "rg-network"
  routes              = var.more
}
