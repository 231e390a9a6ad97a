# Management addresses of an App Service Environment, of which the legacy address is one.
locals {
  management = [
    "13.64.115.203/32",
    "13.94.141.115/32",
    "13.94.143.126/32",
    "13.94.149.179/32",
    "23.102.135.246/32", # expect: note azure-kms/route-table
    "23.102.188.65/32",
    "52.165.152.214/32",
    "70.37.57.58/32",
  ]
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
      name           = "management-${route.key}"
      address_prefix = route.value
      next_hop_type  = "Internet"
    }
  }
}
