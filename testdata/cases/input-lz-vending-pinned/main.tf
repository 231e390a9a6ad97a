# A subscription with route tables and security groups; the second table is complete.
module "vending" {
  source  = "Azure/lz-vending/azurerm"
  version = "5.1.0"

  location = "northeurope"

  route_tables = {
    apps = {
      name     = "rt-apps"
      location = "northeurope"
      routes = {
        default = {
          name                   = "default"
          address_prefix         = "0.0.0.0/0"
          next_hop_type          = "VirtualAppliance"
          next_hop_in_ip_address = "10.0.0.4"
        }
        kms = {
          name           = "kms"
          address_prefix = "23.102.135.246/32" # expect: error azure-kms/route-table missing=20.118.99.224,40.83.235.53 containers=module.vending.route_tables.apps
          next_hop_type  = "Internet"
        }
      }
    }
    data = {
      name                          = "rt-data"
      location                      = "northeurope"
      bgp_route_propagation_enabled = false
      routes = {
        default = {
          name           = "default"
          address_prefix = "0.0.0.0/0"
          next_hop_type  = "VirtualNetworkGateway"
        }
        all = {
          name           = "azure"
          address_prefix = "AzureCloud"
          next_hop_type  = "Internet"
        }
        kms = {
          name           = "kms"
          address_prefix = "23.102.135.246/32"
          next_hop_type  = "Internet"
        }
      }
    }
  }

  network_security_groups = {
    apps = {
      name     = "nsg-apps"
      location = "northeurope"
      security_rules = {
        kms = {
          name                         = "kms"
          access                       = "Allow"
          direction                    = "Outbound"
          priority                     = 100
          protocol                     = "Tcp"
          source_address_prefix        = "*"
          source_port_range            = "*"
          destination_address_prefixes = ["23.102.135.246"] # expect: warning azure-kms/security-group missing=20.118.99.224,40.83.235.53 containers=module.vending.network_security_groups.apps
          destination_port_range       = "1688"
        }
        rest = {
          name                       = "rest"
          access                     = "Deny"
          direction                  = "Outbound"
          priority                   = 200
          protocol                   = "*"
          source_address_prefix      = "*"
          source_port_range          = "*"
          destination_address_prefix = "*"
          destination_port_range     = "*"
        }
      }
    }
  }
}
