# The literal stands in the root, the resource two modules down.
module "landing_zone" {
  source = "./modules/landing-zone"

  name = "finance"
  direct_routes = {
    kms = "23.102.135.246/32" # expect: error azure-kms/route-table missing=20.118.99.224,40.83.235.53 legacy="23.102.135.246/32" containers=module.landing_zone.module.routes.azurerm_route_table.this
  }
}
