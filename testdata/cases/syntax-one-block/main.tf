# One block is broken, the table before it is judged all the same.
resource "azurerm_route_table" "good" {
  name                = "rt-good"
  location            = "eastus"
  resource_group_name = "rg-syntax"

  route {
    name           = "default"
    address_prefix = "0.0.0.0/0"
    next_hop_type  = "VirtualNetworkGateway"
  }

  route {
    name           = "kms"
    address_prefix = "23.102.135.246/32" # expect: error azure-kms/route-table missing=20.118.99.224,40.83.235.53
    next_hop_type  = "Internet"
  }
}

resource "azurerm_route_table" "bad" {
  name                = "rt-bad"
  location            = "eastus"
  resource_group_name = # expect-near: error syntax

  route {
    name           = "kms"
    address_prefix = "23.102.135.246/32"
    next_hop_type  = "Internet"
  }
}

resource "azurerm_route_table" "after" {
  name                = "rt-after"
  location            = "eastus"
  resource_group_name = "rg-syntax"

  route {
    name           = "default"
    address_prefix = "0.0.0.0/0"
    next_hop_type  = "VirtualNetworkGateway"
  }

  route {
    name           = "activation"
    address_prefix = "23.102.135.246/32" # expect: error azure-kms/route-table missing=20.118.99.224,40.83.235.53
    next_hop_type  = "Internet"
  }
}
