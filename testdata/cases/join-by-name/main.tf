# Routes name their table and group as text, in other letters than the table does.
resource "azurerm_route_table" "plant" {
  name                          = "rt-plant-07"
  location                      = "westeurope"
  resource_group_name           = "RG-Plant"
  bgp_route_propagation_enabled = false
}
