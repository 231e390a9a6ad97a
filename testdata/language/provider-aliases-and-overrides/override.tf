locals {
  kms = "23.102.135.246/32"
}

variable "location" {
  default = "westeurope"
}

resource "azurerm_route_table" "base" {
  tags = { source = "override" }

  route {
    name           = "from-override"
    address_prefix = local.kms
    next_hop_type  = local.hop
  }
}
