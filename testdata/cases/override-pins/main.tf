# An override file replaces all route blocks of the table: what stands here is not what is deployed.
resource "azurerm_route_table" "this" {
  name                = "rt-override"
  location            = "eastus"
  resource_group_name = "rg-override"

  route {
    name           = "kms"
    address_prefix = "23.102.135.246/32"
    next_hop_type  = "Internet"
  }
}
