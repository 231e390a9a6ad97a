# The literal is the address, the length is added later: the element is what has to be extended.
resource "azurerm_route_table" "this" {
  name                = "rt-computed"
  location            = "eastus"
  resource_group_name = "rg-computed"
}

resource "azurerm_route" "default" {
  name                = "default"
  resource_group_name = "rg-computed"
  route_table_name    = azurerm_route_table.this.name
  address_prefix      = "0.0.0.0/0"
  next_hop_type       = "VirtualNetworkGateway"
}

resource "azurerm_route" "host" {
  for_each = toset([
    "23.102.135.246", # expect: error azure-kms/route-table missing=20.118.99.224,40.83.235.53 legacy="23.102.135.246"
    "13.107.4.50",
  ])

  name                = "host-${replace(each.value, ".", "-")}"
  resource_group_name = "rg-computed"
  route_table_name    = azurerm_route_table.this.name
  address_prefix      = "${each.value}/32"
  next_hop_type       = "Internet"
}
