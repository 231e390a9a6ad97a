# The same list, but the route of the legacy address is named after its purpose.
locals {
  management = {
    m1              = "13.64.115.203/32"
    m2              = "13.94.141.115/32"
    m3              = "13.94.143.126/32"
    m4              = "13.94.149.179/32"
    m5              = "23.102.188.65/32"
    m6              = "52.165.152.214/32"
    windows-license = "23.102.135.246/32" # expect: error azure-kms/route-table
  }
}

resource "azurerm_route_table" "ase" {
  name                = "rt-ase"
  location            = "eastus2"
  resource_group_name = "rg-ase"

  route {
    name           = "default"
    address_prefix = "0.0.0.0/0"
    next_hop_type  = "VirtualNetworkGateway"
  }

  dynamic "route" {
    for_each = local.management
    content {
      name           = route.key
      address_prefix = route.value
      next_hop_type  = "Internet"
    }
  }
}
