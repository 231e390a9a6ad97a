# The default route lies in one file, the pinned route in another, joined by reference.
resource "azurerm_route_table" "sap" {
  name                = "rt-sap-prod"
  location            = "germanywestcentral"
  resource_group_name = "rg-sap-prod"
}

resource "azurerm_route" "default" {
  name                = "default"
  resource_group_name = azurerm_route_table.sap.resource_group_name
  route_table_name    = azurerm_route_table.sap.name
  address_prefix      = "0.0.0.0/0"
  next_hop_type       = "VirtualNetworkGateway"
}
