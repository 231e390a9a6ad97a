# Two roots call one module; the caller's literal is what is pinned.
provider "azurerm" {
  features {}
}

module "routes" {
  source = "../modules/routes"
  kms    = ["23.102.135.246/32"] # expect: error azure-kms/route-table containers=module.routes.azurerm_route_table.this
}
