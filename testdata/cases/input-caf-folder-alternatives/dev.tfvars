azurerm_routes = {
  default = {
    name                   = "default"
    resource_group_key     = "network"
    route_table_key        = "spoke"
    address_prefix         = "0.0.0.0/0"
    next_hop_type          = "VirtualAppliance"
    next_hop_in_ip_address = "10.0.0.4"
  }
  kms = {
    name               = "kms"
    resource_group_key = "network"
    route_table_key    = "spoke"
    address_prefix     = "23.102.135.246/32" # expect: error azure-kms/route-table missing=20.118.99.224,40.83.235.53 containers=route_tables.spoke scenarios=dev.tfvars
    next_hop_type      = "Internet"
  }
}
