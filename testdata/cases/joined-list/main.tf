# A list in one text, split by the code.
variable "direct" {
  type    = string
  default = "AzureMonitor, 23.102.135.246/32, 40.83.235.53/32" # expect: error azure-kms/route-table missing=20.118.99.224 legacy=23.102.135.246/32
}

resource "azurerm_route_table" "this" {
  name                = "rt-joined"
  location            = "eastus"
  resource_group_name = "rg-joined"

  route {
    name           = "default"
    address_prefix = "0.0.0.0/0"
    next_hop_type  = "VirtualNetworkGateway"
  }

  dynamic "route" {
    for_each = [for p in split(",", var.direct) : trimspace(p)]
    content {
      name           = "direct-${route.key}"
      address_prefix = route.value
      next_hop_type  = "Internet"
    }
  }
}
