# The module that terraform init installed brings the route: nobody edits it there, so its call is marked.
provider "azurerm" {
  features {}
}

module "routes" {
  source  = "Azure/avm-res-network-routetable/azurerm" # expect: error azure-kms/route-table missing=20.118.99.224,40.83.235.53 containers=module.routes.azurerm_route_table.this
  version = "0.4.1"

  name = "rt-installed"
}
