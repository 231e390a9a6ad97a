# The other half, one resource a route.
resource "azurerm_route_table" "pos" {
  name                = "rt-pos"
  location            = "brazilsouth"
  resource_group_name = "rg-pos"
}

resource "azurerm_route" "default" {
  name                   = "default"
  resource_group_name    = "rg-pos"
  route_table_name       = azurerm_route_table.pos.name
  address_prefix         = "0.0.0.0/0"
  next_hop_type          = "VirtualAppliance"
  next_hop_in_ip_address = "10.44.0.4"
}

resource "azurerm_route" "kms" {
  name                = "kms"
  resource_group_name = "rg-pos"
  route_table_name    = azurerm_route_table.pos.name
  address_prefix      = "23.102.135.246/32" # expect: error azure-kms/route-table missing=20.118.99.224
  next_hop_type       = "Internet"
}

resource "azurerm_route" "azkms" {
  name                = "azkms"
  resource_group_name = "rg-pos"
  route_table_name    = azurerm_route_table.pos.name
  address_prefix      = "40.83.235.53/32"
  next_hop_type       = "Internet"
}
