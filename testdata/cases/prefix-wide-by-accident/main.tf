# A /16 of the region happens to hold the legacy address.
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
    name           = "azure-scus"
    address_prefix = "23.102.0.0/16" # expect: note azure-kms/route-table legacy="23.102.0.0/16"
    next_hop_type  = "Internet"
  }
}
