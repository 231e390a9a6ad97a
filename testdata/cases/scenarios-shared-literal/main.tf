# The literal stands in a local; it is pinned with two of three sets of values.
variable "azkms" {
  type    = list(string)
  default = []
}

locals {
  kms = concat(
    ["23.102.135.246/32"], # expect: error azure-kms/route-table missing=20.118.99.224,40.83.235.53 scenarios=default,env/half.tfvars
    var.azkms,
  )
}

resource "azurerm_route_table" "this" {
  name                = "rt-env"
  location            = "westus2"
  resource_group_name = "rg-env"

  route {
    name           = "default"
    address_prefix = "0.0.0.0/0"
    next_hop_type  = "VirtualNetworkGateway"
  }

  dynamic "route" {
    for_each = local.kms
    content {
      name           = "kms-${route.key}"
      address_prefix = route.value
      next_hop_type  = "Internet"
    }
  }
}
