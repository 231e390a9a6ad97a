# Domain controllers: everything through the firewall, save what must keep an Azure source address.
resource "azurerm_route_table" "identity" {
  name                          = "rt-${local.name}-identity"
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

  route {
    name           = "windows-activation"
    address_prefix = local.activation_prefix
    next_hop_type  = "Internet"
  }
}
