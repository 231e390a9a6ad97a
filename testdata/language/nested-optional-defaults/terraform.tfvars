route_tables = {
  app = {
    routes = {
      default = {
        address_prefix = "0.0.0.0/0"
      }
      kms = {
        name           = "to-kms"
        address_prefix = "23.102.135.246/32"
        next_hop       = { type = "Internet", ip = null }
      }
      azkms1 = {
        address_prefix = "20.118.99.224/32"
        next_hop       = { type = "Internet", ip = "" }
      }
      monitor = {
        address_prefix = "AzureMonitor"
        next_hop       = { type = "Internet" }
      }
    }
    settings = {
      propagation = {
        bgp    = null
        labels = { ticket = "4711" }
      }
    }
  }
  data = {
    name     = "rt-data-001"
    location = "northeurope"
    tags     = { owner = "data", tier = 2 }
    settings = null
    routes   = null
  }
  mgmt = {
    settings = { propagation = { bgp = true, labels = { reason = null } } }
    tags     = null
    routes = {
      "onprem" = { address_prefix = "192.168.0.0/16", next_hop = { type = "VirtualNetworkGateway" } }
      "bare"   = { address_prefix = "172.16.0.0/12", next_hop = null }
    }
  }
}
