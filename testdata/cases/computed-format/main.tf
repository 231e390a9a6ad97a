# formatlist and format over host addresses.
variable "hosts" {
  type = list(string)
  default = [
    "23.102.135.246", # expect: error azure-kms/route-table missing=40.83.235.53 legacy="23.102.135.246"
    "20.118.99.224",
  ]
}

locals {
  prefixes = formatlist("%s/32", var.hosts)
}

resource "azurerm_route_table" "this" {
  name                = "rt-computed"
  location            = "eastus"
  resource_group_name = "rg-computed"

  route {
    name           = "default"
    address_prefix = "0.0.0.0/0"
    next_hop_type  = "VirtualNetworkGateway"
  }

  dynamic "route" {
    for_each = toset(local.prefixes)
    content {
      name           = format("host-%s", replace(split("/", route.value)[0], ".", "-"))
      address_prefix = route.value
      next_hop_type  = "Internet"
    }
  }
}
