# Columns count characters, whatever their width in bytes.
locals {
  routen = { "gerät-ü-認証" = "23.102.135.246/32" } # expect: error azure-kms/route-table legacy="23.102.135.246/32" column=29
}

resource "azurerm_route_table" "this" {
  name                = "rt-unicode"
  location            = "eastus"
  resource_group_name = "rg-unicode"

  route {
    name           = "default"
    address_prefix = "0.0.0.0/0"
    next_hop_type  = "VirtualNetworkGateway"
  }

  dynamic "route" {
    for_each = local.routen
    content {
      name           = "direct-${length(route.key)}"
      address_prefix = route.value
      next_hop_type  = "Internet"
    }
  }
}
