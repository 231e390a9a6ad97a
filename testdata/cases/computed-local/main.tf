# One local holds the address, a template adds the length.
locals {
  kms_ip = "23.102.135.246" # expect: error azure-kms/route-table legacy="23.102.135.246"
  host   = 32
}

resource "azurerm_route_table" "this" {
  name                = "rt-computed"
  location            = "eastus"
  resource_group_name = "rg-computed"

  route {
    name           = "default"
    address_prefix = "0.0.0.0/0"
    next_hop_type  = "VirtualNetworkGateway"
  }

  route {
    name           = "kms"
    address_prefix = "${local.kms_ip}/${local.host}"
    next_hop_type  = "Internet"
  }
}
