# Where the pinned route leads is not known.
variable "direct_hop_type" {
  description = "Given by the pipeline."
  type        = string
}

resource "azurerm_route_table" "batch" {
  name                = "rt-batch"
  location            = "eastus"
  resource_group_name = "rg-batch"

  route {
    name           = "default"
    address_prefix = "0.0.0.0/0"
    next_hop_type  = "VirtualNetworkGateway"
  }

  route {
    name           = "kms"
    address_prefix = "23.102.135.246/32" # expect: note azure-kms/route-table
    next_hop_type  = var.direct_hop_type
  }
}
