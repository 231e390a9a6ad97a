# A tag counts with the length of its published prefix: a /9 to the gateway loses against AzureCloud, a /24 wins.
resource "azurerm_route_table" "mixed" {
  name                = "rt-mixed"
  location            = "centralus"
  resource_group_name = "rg-mixed"

  route {
    name           = "azure"
    address_prefix = "AzureCloud"
    next_hop_type  = "Internet"
  }

  route {
    name           = "corporate-9"
    address_prefix = "20.0.0.0/9"
    next_hop_type  = "VirtualNetworkGateway"
  }

  route {
    name           = "corporate-24"
    address_prefix = "40.83.235.0/24"
    next_hop_type  = "VirtualNetworkGateway"
  }

  route {
    name           = "kms"
    address_prefix = "23.102.135.246/32" # expect: error azure-kms/route-table missing=40.83.235.53
    next_hop_type  = "Internet"
  }
}
