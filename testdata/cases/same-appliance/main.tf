# Legacy and default route meet at the same appliance.
locals {
  firewall = "10.31.0.4"
}

resource "azurerm_route_table" "mes" {
  name                = "rt-mes"
  location            = "norwayeast"
  resource_group_name = "rg-mes"

  route {
    name                   = "default"
    address_prefix         = "0.0.0.0/0"
    next_hop_type          = "VirtualAppliance"
    next_hop_in_ip_address = local.firewall
  }

  route {
    name                   = "kms"
    address_prefix         = "23.102.135.246/32" # expect: note azure-kms/route-table
    next_hop_type          = "VirtualAppliance"
    next_hop_in_ip_address = "10.31.0.4"
  }
}
