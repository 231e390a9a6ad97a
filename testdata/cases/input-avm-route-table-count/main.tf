# One variable file is pinned, the other is complete.
variable "zones" {
  type    = number
  default = 2
}

variable "direct" {
  type = list(object({ name = string, prefix = string }))
}

module "zone" {
  source  = "Azure/avm-res-network-routetable/azurerm"
  version = "0.4.1"
  count   = var.zones

  name                = "rt-zone-${count.index + 1}"
  location            = "northeurope"
  resource_group_name = "rg-network"

  routes = merge(
    { for route in var.direct : route.name => { name = route.name, address_prefix = route.prefix, next_hop_type = "Internet" } },
    { default = { name = "default", address_prefix = "0.0.0.0/0", next_hop_type = "VirtualNetworkGateway" } },
  )
}
