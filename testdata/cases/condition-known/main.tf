# Conditions that are known: one route is there, another is not.
variable "activation" {
  type    = bool
  default = true
}

variable "migrated" {
  type    = bool
  default = false
}

resource "azurerm_route_table" "ci" {
  name                = "rt-ci"
  location            = "eastus"
  resource_group_name = "rg-ci"

  dynamic "route" {
    for_each = concat(
      [{ name = "default", prefix = "0.0.0.0/0", hop = "VirtualNetworkGateway" }],
      var.activation ? [{ name = "kms", prefix = "23.102.135.246/32", hop = "Internet" }] : [], # expect: error azure-kms/route-table missing=20.118.99.224,40.83.235.53 legacy="23.102.135.246/32"
      var.migrated ? [
        { name = "azkms-1", prefix = "20.118.99.224/32", hop = "Internet" },
        { name = "azkms-2", prefix = "40.83.235.53/32", hop = "Internet" },
      ] : [],
    )
    content {
      name           = route.value.name
      address_prefix = route.value.prefix
      next_hop_type  = route.value.hop
    }
  }
}
