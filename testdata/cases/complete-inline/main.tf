# All three addresses leave directly.
resource "azurerm_route_table" "avd" {
  name                = "rt-avd"
  location            = "westus3"
  resource_group_name = "rg-avd"

  route {
    name           = "onprem"
    address_prefix = "0.0.0.0/0"
    next_hop_type  = "VirtualNetworkGateway"
  }

  route {
    name           = "DirectRouteToKMS"
    address_prefix = "23.102.135.246/32"
    next_hop_type  = "Internet"
  }

  route {
    name           = "DirectRouteToAZKMS01"
    address_prefix = "20.118.99.224/32"
    next_hop_type  = "Internet"
  }

  route {
    name           = "DirectRouteToAZKMS02"
    address_prefix = "40.83.235.53/32"
    next_hop_type  = "Internet"
  }
}
