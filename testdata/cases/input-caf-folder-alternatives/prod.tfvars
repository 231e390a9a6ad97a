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
    address_prefix     = "23.102.135.246/32"
    next_hop_type      = "Internet"
  }
  azkms1 = {
    name               = "azkms1"
    resource_group_key = "network"
    route_table_key    = "spoke"
    address_prefix     = "20.118.99.224/32"
    next_hop_type      = "Internet"
  }
  azkms2 = {
    name               = "azkms2"
    resource_group_key = "network"
    route_table_key    = "spoke"
    address_prefix     = "40.83.235.53/32"
    next_hop_type      = "Internet"
  }
}
