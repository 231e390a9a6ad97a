# Routes of a virtual hub lead to what they name by its key.
virtual_hub_route_tables = {
  secured = {
    name        = "secured"
    virtual_hub = { key = "hub1" }
    routes = {
      all = {
        name              = "all_traffic"
        destinations_type = "CIDR"
        destinations      = ["0.0.0.0/0"]
        next_hop          = { resource_type = "azurerm_firewalls", key = "fw1" }
      }
      direct = {
        name              = "activation"
        destinations_type = "CIDR"
        destinations      = ["23.102.135.246/32"] # expect: warning azure-kms/route-table missing=20.118.99.224,40.83.235.53 containers=virtual_hub_route_tables.secured
        next_hop_id       = "/subscriptions/0/resourceGroups/rg/providers/Microsoft.Network/virtualHubs/hub1/hubVirtualNetworkConnections/egress"
      }
    }
  }
}
