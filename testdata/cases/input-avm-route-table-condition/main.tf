# Whether the routes are there is not known, so that others may be.
variable "direct" {
  type = bool
}

module "rt" {
  source  = "Azure/avm-res-network-routetable/azurerm"
  version = "0.4.1"

  name                = "rt-conditional"
  location            = "northeurope"
  resource_group_name = "rg-network"

  routes = var.direct ? {
    default = { name = "default", address_prefix = "0.0.0.0/0", next_hop_type = "VirtualNetworkGateway", next_hop_in_ip_address = null }
    kms     = { name = "kms", address_prefix = "23.102.135.246/32", next_hop_type = "Internet", next_hop_in_ip_address = null } # expect: note azure-kms/route-table missing=20.118.99.224,40.83.235.53
  } : {}
}
