route_tables = {
  app = {
    profile = "forced"
    tags    = { tier = "app" }
  }
  data = {
    name                          = "rt-data"
    resource_group_name           = "rg-data"
    bgp_route_propagation_enabled = "true"
    routes = {
      azkms-1 = { address_prefix = "20.118.99.224/32", next_hop_type = "Internet" }
      onprem  = { name = "to-onprem", address_prefix = "10.0.0.0/8", next_hop_in_ip_address = "10.20.0.4" }
    }
  }
}
