# Two tables of one name in two groups do not complete each other.
resource "azurerm_route_table" "east" {
  name                = "rt-app"
  location            = "eastus"
  resource_group_name = "rg-app-east"

  route {
    name           = "default"
    address_prefix = "0.0.0.0/0"
    next_hop_type  = "VirtualNetworkGateway"
  }

  route {
    name           = "kms"
    address_prefix = "23.102.135.246/32" # expect: error azure-kms/route-table containers=azurerm_route_table.east
    next_hop_type  = "Internet"
  }
}

resource "azurerm_route_table" "west" {
  name                = "rt-app"
  location            = "westus"
  resource_group_name = "rg-app-west"
}

resource "azurerm_route" "azkms" {
  for_each = { azkms-1 = "20.118.99.224/32", azkms-2 = "40.83.235.53/32" }

  name                = each.key
  resource_group_name = "rg-app-west"
  route_table_name    = "rt-app"
  address_prefix      = each.value
  next_hop_type       = "Internet"
}
