variable "routes" {
  type = map(object({ prefix = string, hop = string }))
}

module "table" {
  source  = "Azure/avm-res-network-routetable/azurerm"
  version = "0.4.1"

  name                = "rt-network"
  location            = "northeurope"
  resource_group_name = "rg-network"

  routes = { for name, route in var.routes : name => { name = name, address_prefix = route.prefix, next_hop_type = route.hop } }
}
