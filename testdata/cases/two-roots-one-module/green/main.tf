provider "azurerm" {
  features {}
}

module "routes" {
  source = "../modules/routes"
  kms    = ["23.102.135.246/32", "20.118.99.224/32", "40.83.235.53/32"]
}
