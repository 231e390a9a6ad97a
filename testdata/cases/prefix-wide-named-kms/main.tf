# The same prefix, but its name says what it is for.
resource "azurerm_route_table" "hpc" {
  name                = "rt-hpc"
  location            = "southcentralus"
  resource_group_name = "rg-hpc"

  route {
    name           = "default"
    address_prefix = "0.0.0.0/0"
    next_hop_type  = "VirtualNetworkGateway"
  }

  route {
    name           = "kms-activation"
    address_prefix = "23.102.0.0/16" # expect: error azure-kms/route-table missing=20.118.99.224,40.83.235.53 legacy="23.102.0.0/16"
    next_hop_type  = "Internet"
  }
}
