resource "azurerm_route_table" "base" {
  name = "rt-base-${var.location}"
}

module "spoke_ne" {
  routes = { kms = "20.118.99.224/32" }
}
