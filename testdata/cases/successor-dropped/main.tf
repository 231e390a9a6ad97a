# The default route would serve both successors, but one of them is dropped.
resource "azurerm_route_table" "edge" {
  name                = "rt-edge"
  location            = "australiaeast"
  resource_group_name = "rg-edge"

  route {
    name           = "default"
    address_prefix = "0.0.0.0/0"
    next_hop_type  = "Internet"
  }

  route {
    name           = "kms"
    address_prefix = "23.102.135.246/32" # expect: error azure-kms/route-table missing=20.118.99.224
    next_hop_type  = "Internet"
  }

  route {
    name           = "quarantine"
    address_prefix = "20.118.99.224/32"
    next_hop_type  = "None"
  }
}
