# The same with azurerm_route resources and propagation written out, one of them by the 3.x argument.
resource "azurerm_route_table" "lab" {
  name                          = "rt-lab"
  location                      = "northeurope"
  resource_group_name           = "rg-lab"
  disable_bgp_route_propagation = false
}

resource "azurerm_route_table" "test" {
  name                          = "rt-test"
  location                      = "northeurope"
  resource_group_name           = "rg-lab"
  bgp_route_propagation_enabled = true
}

resource "azurerm_route" "lab_kms" {
  name                = "kms"
  resource_group_name = azurerm_route_table.lab.resource_group_name
  route_table_name    = azurerm_route_table.lab.name
  address_prefix      = "23.102.135.246/32" # expect: warning azure-kms/route-table containers=azurerm_route_table.lab
  next_hop_type       = "Internet"
}

resource "azurerm_route" "test_kms" {
  name                = "kms"
  resource_group_name = azurerm_route_table.test.resource_group_name
  route_table_name    = azurerm_route_table.test.name
  address_prefix      = "23.102.135.246/32" # expect: warning azure-kms/route-table containers=azurerm_route_table.test
  next_hop_type       = "Internet"
}
