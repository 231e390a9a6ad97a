other = true

route_tables = {
  spoke = {
    routes = {
      default = { address_prefix = "0.0.0.0/0", next_hop_type = "VirtualNetworkGateway" }
      kms     = { address_prefix = "23.102.135.246/32", next_hop_type = "Internet" }
    }
  }
}
