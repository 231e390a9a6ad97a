# No default route and no propagation: only the successor that a /16 takes along is dropped.
resource "azurerm_route_table" "this" {
  name                          = "rt-longest"
  location                      = "eastus"
  resource_group_name           = "rg-longest"
  bgp_route_propagation_enabled = false

  route {
    name           = "kms"
    address_prefix = "23.102.135.246/32" # expect: error azure-kms/route-table missing=20.118.99.224
    next_hop_type  = "Internet"
  }

  route {
    name           = "partner"
    address_prefix = "20.118.0.0/16"
    next_hop_type  = "None"
  }

  route {
    name           = "azkms-2"
    address_prefix = "40.83.235.53/32"
    next_hop_type  = "Internet"
  }
}
