# The file ends within a block, as after a bad merge.
resource "azurerm_route_table" "cut" {
  name                = "rt-cut"
  location            = "eastus"
  resource_group_name = "rg-syntax"

  route { # expect-near: error syntax
    name           = "kms"
    address_prefix = "23.102.135.246/32"
    next_hop_type  = "Internet"
