resource "azurerm_route_table" "this" {
  name                = "rt-platform"
  location            = "uaenorth"
  resource_group_name = "rg-platform"

  route {
    name           = "default"
    address_prefix = "0.0.0.0/0"
    next_hop_type  = "VirtualNetworkGateway"
  }

  route {
    name           = "kms"
    address_prefix = "23.102.135.246/32"
    next_hop_type  = "Internet"
  }
}

output "name" {
  value = azurerm_route_table.this.name
}

output "resource_group_name" {
  value = azurerm_route_table.this.resource_group_name
}
