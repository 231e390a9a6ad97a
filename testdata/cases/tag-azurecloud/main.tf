# AzureCloud holds every public Azure address, the successors too.
resource "azurerm_route_table" "sql" {
  name                = "rt-sql"
  location            = "centralus"
  resource_group_name = "rg-sql"

  route {
    name           = "default"
    address_prefix = "0.0.0.0/0"
    next_hop_type  = "VirtualNetworkGateway"
  }

  route {
    name           = "azure"
    address_prefix = "AzureCloud"
    next_hop_type  = "Internet"
  }

  route {
    name           = "kms"
    address_prefix = "23.102.135.246/32"
    next_hop_type  = "Internet"
  }
}
