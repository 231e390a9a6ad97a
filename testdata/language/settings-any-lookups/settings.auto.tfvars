settings = {
  environment = "stage"
  tags        = { team = "core" }
  hubs = {
    weu = {
      config = {
        propagation = "false"
        routes = {
          default = { prefix = "0.0.0.0/0", ip = "10.0.0.4" }
          kms     = "23.102.135.246/32"
          kms2    = { prefix = "20.118.99.224/32", type = "Internet", ip = null }
        }
      }
      tags = { team = "hub", level = 1 }
    }
    neu = {
      location = "northeurope"
      suffix   = ""
      config   = null
    }
    use = { location = "eastus2", config = { routes = { only = { prefix = "40.83.235.53/32", type = "None" } } } }
    off = { enabled = false }
  }
  advanced = {
    custom_by_type = {
      route_tables = { neu = { name = "custom-name" } }
      ip_groups    = { a = { cidrs = "10.0.0.0/8" }, c = { cidrs = ["172.16.0.0/12", "192.168.0.0/16"] }, b = {} }
    }
  }
}
