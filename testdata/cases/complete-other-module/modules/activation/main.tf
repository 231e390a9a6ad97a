variable "route_table_name" {
  type = string
}

variable "resource_group_name" {
  type = string
}

locals {
  prefixes = ["20.118.99.224/32", "40.83.235.53/32"]
}

resource "azurerm_route" "azkms" {
  count = length(local.prefixes)

  name                = "azkms-${count.index}"
  resource_group_name = var.resource_group_name
  route_table_name    = var.route_table_name
  address_prefix      = local.prefixes[count.index]
  next_hop_type       = "Internet"
}
