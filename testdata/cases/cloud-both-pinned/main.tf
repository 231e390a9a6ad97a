# Two pins in one table, one finding for each cloud.
resource "azurerm_route_table" "any" {
  name                = "rt-any"
  location            = "eastus"
  resource_group_name = "rg-any"

  route {
    name           = "default"
    address_prefix = "0.0.0.0/0"
    next_hop_type  = "VirtualNetworkGateway"
  }

  route {
    name           = "kms"
    address_prefix = "23.102.135.246/32" # expect: error azure-kms/route-table cloud=AzureCloud missing=20.118.99.224,40.83.235.53
    next_hop_type  = "Internet"
  }

  route {
    name           = "kms-gov"
    address_prefix = "23.97.0.13/32" # expect: error azure-kms/route-table cloud=AzureUSGovernment missing=52.126.105.2
    next_hop_type  = "Internet"
  }
}
