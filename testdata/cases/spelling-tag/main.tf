# Service tags in any case; the complete table is silent.
resource "azurerm_route_table" "this" {
  name                = "rt-spelling"
  location            = "eastus"
  resource_group_name = "rg-spelling"

  route {
    name           = "default"
    address_prefix = "0.0.0.0/0"
    next_hop_type  = "VirtualNetworkGateway"
  }

  route {
    name           = "azure"
    address_prefix = "azurecloud"
    next_hop_type  = "internet"
  }

  route {
    name           = "kms"
    address_prefix = "23.102.135.246/32"
    next_hop_type  = "Internet"
  }
}
