# Without propagation the system route to the Internet serves the successors.
variable "propagate" {
  type    = bool
  default = false
}

resource "azurerm_route_table" "web" {
  name                          = "rt-web"
  location                      = "eastus"
  resource_group_name           = "rg-web"
  bgp_route_propagation_enabled = var.propagate

  route {
    name           = "kms"
    address_prefix = "23.102.135.246/32" # expect: note azure-kms/route-table legacy="23.102.135.246/32"
    next_hop_type  = "Internet"
  }
}
