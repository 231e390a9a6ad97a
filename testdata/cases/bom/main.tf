variable "kms" { default = "23.102.135.246/32" } # expect: error azure-kms/route-table legacy="23.102.135.246/32" column=28

# The byte order mark before the first line counts in bytes, but is no column.

resource "azurerm_route_table" "this" {
  name                = "rt-bom"
  location            = "eastus"
  resource_group_name = "rg-bom"

  route {
    name           = "default"
    address_prefix = "0.0.0.0/0"
    next_hop_type  = "VirtualNetworkGateway"
  }

  route {
    name           = "kms"
    address_prefix = var.kms
    next_hop_type  = "Internet"
  }
}
