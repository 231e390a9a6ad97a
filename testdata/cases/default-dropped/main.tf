# What no route names is dropped.
resource "azurerm_route_table" "isolated" {
  name                = "rt-isolated"
  location            = "swedencentral"
  resource_group_name = "rg-isolated"

  route {
    name           = "drop"
    address_prefix = "0.0.0.0/0"
    next_hop_type  = "None"
  }

  route {
    name           = "activation"
    address_prefix = "23.102.135.246/32" # expect: error azure-kms/route-table missing=20.118.99.224,40.83.235.53
    next_hop_type  = "Internet"
  }
}
