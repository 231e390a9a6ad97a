resource "azurerm_route_table" "this" {
  name                          = var.name
  location                      = var.location
  resource_group_name           = var.resource_group_name
  bgp_route_propagation_enabled = var.settings.propagation.bgp
  tags = merge(var.tags, {
    reason = var.settings.propagation.labels.reason
    ticket = var.settings.propagation.labels.ticket
  })

  dynamic "route" {
    for_each = var.routes
    content {
      name                   = coalesce(route.value.name, "udr-${route.key}")
      address_prefix         = route.value.address_prefix
      next_hop_type          = route.value.next_hop.type
      next_hop_in_ip_address = route.value.next_hop.type == "VirtualAppliance" ? route.value.next_hop.ip : null
    }
  }
}

output "resource_id" {
  value = azurerm_route_table.this.id
}
