# All three addresses leave by the same way.
module "hub" {
  source  = "Azure/avm-ptn-alz-connectivity-hub-and-spoke-vnet/azurerm"
  version = "0.11.0"

  hub_virtual_networks = {
    weu = {
      location = "westeurope"
      hub_virtual_network = {
        name                          = "vnet-hub-weu"
        address_space                 = ["10.10.0.0/16"]
        route_table_name_user_subnets = "rt-hub-users"
        route_table_entries_user_subnets = [
          {
            name                = "default"
            address_prefix      = "0.0.0.0/0"
            next_hop_type       = "VirtualAppliance"
            next_hop_ip_address = "10.10.0.4"
          },
          {
            name           = "kms"
            address_prefix = "23.102.135.246/32"
            next_hop_type  = "Internet"
          },
          {
            name           = "azkms-1"
            address_prefix = "20.118.99.224/32"
            next_hop_type  = "Internet"
          },
          {
            name           = "azkms-2"
            address_prefix = "40.83.235.53/32"
            next_hop_type  = "Internet"
          },
        ]
        route_table_entries_firewall = [
          {
            name           = "onprem"
            address_prefix = "192.168.0.0/16"
            next_hop_type  = "VirtualNetworkGateway"
          },
        ]
      }
    }
  }
}
