# A module that knows the platform's endpoints hands them out; the root routes them.
module "endpoints" {
  source = "./endpoints"
}

resource "azurerm_route_table" "this" {
  name                = "rt-endpoints"
  location            = "westus2"
  resource_group_name = "rg-endpoints"

  route {
    name           = "default"
    address_prefix = "0.0.0.0/0"
    next_hop_type  = "VirtualNetworkGateway"
  }

  dynamic "route" {
    for_each = module.endpoints.windows.activation
    content {
      name           = "activation-${route.key}"
      address_prefix = route.value
      next_hop_type  = "Internet"
    }
  }
}
