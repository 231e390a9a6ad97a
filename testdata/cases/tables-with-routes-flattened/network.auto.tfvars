route_tables = {
  app = {
    name = "rt-app"
    routes = {
      default = { address_prefix = "0.0.0.0/0", next_hop_type = "VirtualAppliance", next_hop_in_ip_address = "10.0.0.4" }
      kms     = { address_prefix = "23.102.135.246/32", next_hop_type = "Internet" } # expect: error azure-kms/route-table missing=20.118.99.224,40.83.235.53 legacy="23.102.135.246/32" containers=azurerm_route_table.this["app"]
    }
  }
  db = {
    name = "rt-db"
    routes = {
      default = { address_prefix = "0.0.0.0/0", next_hop_type = "VirtualAppliance", next_hop_in_ip_address = "10.0.0.4" }
      kms     = { address_prefix = "23.102.135.246/32", next_hop_type = "Internet" }
      azkms-1 = { address_prefix = "20.118.99.224/32", next_hop_type = "Internet" }
      azkms-2 = { address_prefix = "40.83.235.53/32", next_hop_type = "Internet" }
    }
  }
}
