networking = {
  route_tables = {
    special_rt = { name = "special", resource_group_key = "net", disable_bgp_route_propagation = true, tags = { a = 1 } }
    default_rt = { name = "default", resource_group_key = "net", region = "region2" }
  }
  azurerm_routes = {
    internet = { name = "default", route_table_key = "default_rt", address_prefix = "0.0.0.0/0", next_hop_type = "VirtualAppliance", private_ip_keys = { azurerm_firewall = { key = "fw1", interface_index = 0 } } }
    static   = { name = "static", route_table_key = "special_rt", address_prefix = "10.0.0.0/8", next_hop_type = "VirtualAppliance", next_hop_in_ip_address = "10.0.0.4" }
    kms      = { name = "kms", route_table_key = "special_rt", address_prefix = "23.102.135.246/32", next_hop_type = "Internet" }
    remote   = { name = "remote", lz_key = "shared", route_table_key = "central", address_prefix = "20.118.99.224/32", next_hop_type = "Internet" }
  }
  network_security_group_definition = {
    empty_nsg = { nsg = [] }
    app_nsg = {
      name = "app"
      nsg = [
        { name = "kms", priority = "100", direction = "Outbound", access = "Allow", protocol = "tcp", source_port_range = "*", destination_port_range = "1688", source_address_prefix = "*", destination_address_prefixes = ["23.102.135.246", "20.118.99.224"] },
        { name = "deny", priority = "4096", direction = "Outbound", access = "Deny", protocol = "*", source_port_range = "*", destination_port_range = "*", source_address_prefix = "*", destination_address_prefix = "Internet" },
      ]
    }
  }
}
