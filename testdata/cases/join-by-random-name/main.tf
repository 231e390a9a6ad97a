# Names that are known only after apply, built alike: one table, complete.
resource "random_pet" "site" {
  length = 2
}

resource "azurerm_route_table" "site" {
  name                = "rt-${random_pet.site.id}"
  location            = "eastus"
  resource_group_name = "rg-site"

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

resource "azurerm_route" "azkms_1" {
  name                = "azkms-1"
  resource_group_name = "rg-site"
  route_table_name    = "rt-${random_pet.site.id}"
  address_prefix      = "20.118.99.224/32"
  next_hop_type       = "Internet"
}

resource "azurerm_route" "azkms_2" {
  name                = "azkms-2"
  resource_group_name = azurerm_route_table.site.resource_group_name
  route_table_name    = azurerm_route_table.site.name
  address_prefix      = "40.83.235.53/32"
  next_hop_type       = "Internet"
}
