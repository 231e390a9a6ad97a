# Objects with a prefix and a next hop are routes; whether one table takes them is not known.
module "tables" {
  source = "git::https://git.contoso.example/terraform/tables.git"

  routes = [
    { routeName = "default", addressPrefix = "0.0.0.0/0", nextHopType = "VirtualNetworkGateway" },
    { routeName = "windows", addressPrefix = "23.102.135.246/32", nextHopType = "Internet" }, # expect: note azure-kms/route-table missing=20.118.99.224,40.83.235.53 containers=module.tables.routes
  ]

  kms_routes = {
    default = { cidr = "0.0.0.0/0", hop-type = "VirtualNetworkGateway" }
    kms     = { cidr = "23.102.135.246/32", hop-type = "Internet" } # expect: warning azure-kms/route-table missing=20.118.99.224,40.83.235.53 containers=module.tables.kms_routes
  }

  complete_kms_routes = [
    { prefix = "0.0.0.0/0", next_hop_type = "VirtualNetworkGateway" },
    { prefix = "23.102.135.246/32", next_hop_type = "Internet" },
    { prefix = "20.118.99.224/32", next_hop_type = "Internet" },
    { prefix = "40.83.235.53/32", next_hop_type = "Internet" },
  ]
}
