# Jump hosts: the datacentre announces a default route over ExpressRoute, so none is written here.
resource "azurerm_route_table" "jumphost" {
  name                = "rt-${local.name}-jumphost"
  location            = azurerm_resource_group.hub.location
  resource_group_name = azurerm_resource_group.hub.name
  tags                = local.tags
}

resource "azurerm_route" "jumphost_kms" {
  name                = "DirectRouteToKMS"
  resource_group_name = azurerm_resource_group.hub.name
  route_table_name    = azurerm_route_table.jumphost.name
  address_prefix      = "23.102.135.246/32" # expect: warning azure-kms/route-table
  next_hop_type       = "Internet"
}

# Reverse proxies: they may reach the Internet directly.
resource "azurerm_route_table" "perimeter" {
  name                = "rt-${local.name}-perimeter"
  location            = azurerm_resource_group.hub.location
  resource_group_name = azurerm_resource_group.hub.name
  tags                = local.tags

  route {
    name           = "default"
    address_prefix = "0.0.0.0/0"
    next_hop_type  = "Internet"
  }

  route {
    name                   = "datacentre"
    address_prefix         = "10.0.0.0/8"
    next_hop_type          = "VirtualAppliance"
    next_hop_in_ip_address = var.firewall_private_ip
  }

  route {
    name           = "kms"
    address_prefix = "23.102.135.246/32" # expect: note azure-kms/route-table
    next_hop_type  = "Internet"
  }
}
