# The inverted argument of azurerm 3.x.
resource "azurerm_route_table" "web" {
  name                          = "rt-web-old"
  location                      = "eastus"
  resource_group_name           = "rg-web"
  disable_bgp_route_propagation = true
}

resource "azurerm_route" "kms" {
  name                = "kms"
  resource_group_name = "rg-web"
  route_table_name    = azurerm_route_table.web.name
  address_prefix      = "23.102.135.246/32" # expect: note azure-kms/route-table
  next_hop_type       = "Internet"
}
