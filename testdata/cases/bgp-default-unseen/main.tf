# No default route in the code; one that is learned by BGP would take the successors.
resource "azurerm_route_table" "branch" {
  name                = "rt-branch"
  location            = "francecentral"
  resource_group_name = "rg-branch"

  route {
    name           = "kms"
    address_prefix = "23.102.135.246/32" # expect: warning azure-kms/route-table missing=20.118.99.224,40.83.235.53 containers=azurerm_route_table.branch
    next_hop_type  = "Internet"
  }

  route {
    name           = "branch-lan"
    address_prefix = "172.16.0.0/12"
    next_hop_type  = "VirtualNetworkGateway"
  }
}
