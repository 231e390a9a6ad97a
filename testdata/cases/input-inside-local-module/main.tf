# The call stands in a local module, and the literal in the root.
module "network" {
  source = "./network"

  routes = {
    default = { prefix = "0.0.0.0/0", hop = "VirtualNetworkGateway" }
    kms     = { prefix = "23.102.135.246/32", hop = "Internet" } # expect: error azure-kms/route-table missing=20.118.99.224,40.83.235.53 containers=module.network.module.table
  }
}
