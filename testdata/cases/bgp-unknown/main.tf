# Nobody says whether routes come in by BGP: a note at most, and no silence.
variable "bgp_route_propagation_enabled" {
  type = bool
}

resource "azurerm_route_table" "web" {
  name                          = "rt-web"
  location                      = "eastus"
  resource_group_name           = "rg-web"
  bgp_route_propagation_enabled = var.bgp_route_propagation_enabled

  route {
    name           = "kms"
    address_prefix = "23.102.135.246/32" # expect: note azure-kms/route-table
    next_hop_type  = "Internet"
  }
}
