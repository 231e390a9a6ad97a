environment         = "dev"
firewall_private_ip = "10.20.0.4"

spokes = {
  erp = {
    address_space = "10.24.0.0/22"
    subnets       = { app = "10.24.0.0/24", db = "10.24.1.0/24" }
    bypass = {
      kms     = "23.102.135.246/32"
      azkms-1 = "20.118.99.224/32"
      azkms-2 = "40.83.235.53/32"
    }
  }
}
