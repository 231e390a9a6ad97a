locals {
  firewall_ip = "10.90.4.4"

  base_routes = {
    default = { prefix = "0.0.0.0/0", type = "VirtualAppliance" }
  }

  services = {
    monitor = { prefix = "AzureMonitor", type = "Internet", enabled = true }
    azkms   = { prefix = "20.118.99.224/32", type = "Internet", enabled = false }
  }
}
