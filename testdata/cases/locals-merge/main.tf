# Maps of several files, merged.
resource "azurerm_route_table" "this" {
  name                          = "rt-merge"
  location                      = "westeurope"
  resource_group_name           = "rg-merge"
  bgp_route_propagation_enabled = false
}

resource "azurerm_route" "this" {
  for_each = merge(local.base_routes, local.windows_routes, { for k, v in local.services : "svc-${k}" => v if v.enabled })

  name                   = each.key
  resource_group_name    = azurerm_route_table.this.resource_group_name
  route_table_name       = azurerm_route_table.this.name
  address_prefix         = each.value.prefix
  next_hop_type          = each.value.type
  next_hop_in_ip_address = each.value.type == "VirtualAppliance" ? local.firewall_ip : null
}
