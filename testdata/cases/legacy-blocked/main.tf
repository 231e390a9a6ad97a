# The legacy address is dropped or tunnelled on purpose: nothing is pinned to it.
resource "azurerm_route_table" "strict" {
  name                = "rt-strict"
  location            = "italynorth"
  resource_group_name = "rg-strict"

  route {
    name                   = "default"
    address_prefix         = "0.0.0.0/0"
    next_hop_type          = "VirtualAppliance"
    next_hop_in_ip_address = "10.12.0.4"
  }

  route {
    name           = "no-kms"
    address_prefix = "23.102.135.246/32"
    next_hop_type  = "None"
  }
}

resource "azurerm_route_table" "tunnelled" {
  name                = "rt-tunnelled"
  location            = "italynorth"
  resource_group_name = "rg-strict"
}

resource "azurerm_route" "tunnelled" {
  name                = "kms-onprem"
  resource_group_name = "rg-strict"
  route_table_name    = azurerm_route_table.tunnelled.name
  address_prefix      = "23.102.135.246/32"
  next_hop_type       = "VirtualNetworkGateway"
}
