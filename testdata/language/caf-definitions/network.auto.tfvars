resource_groups = {
  net = { name = "net" }
  dmz = { name = "dmz", region = "region2" }
}

route_tables = {
  forced = {
    name                          = "rt-forced"
    resource_group_key            = "net"
    disable_bgp_route_propagation = true
    tags                          = { owner = "net" }
  }
  plain = { name = "rt-plain", resource_group_key = "dmz" }
}
