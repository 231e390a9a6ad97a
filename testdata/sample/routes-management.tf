# Monitoring and deployment agents. All three activation addresses are routed.
resource "azurerm_route_table" "management" {
  name                          = "rt-${local.name}-management"
  location                      = azurerm_resource_group.hub.location
  resource_group_name           = azurerm_resource_group.hub.name
  bgp_route_propagation_enabled = false
  tags                          = local.tags

  route {
    name                   = "default"
    address_prefix         = "0.0.0.0/0"
    next_hop_type          = "VirtualAppliance"
    next_hop_in_ip_address = var.firewall_private_ip
  }

  dynamic "route" {
    for_each = local.management_routes

    content {
      name           = route.key
      address_prefix = route.value
      next_hop_type  = "Internet"
    }
  }
}
