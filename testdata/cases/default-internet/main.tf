# The default route is Internet as well: harmless today.
resource "azurerm_route_table" "dmz" {
  name                = "rt-dmz"
  location            = "southeastasia"
  resource_group_name = "rg-dmz"

  route {
    name           = "internet"
    address_prefix = "0.0.0.0/0"
    next_hop_type  = "Internet"
  }

  route {
    name           = "kms"
    address_prefix = "23.102.135.246/32" # expect: note azure-kms/route-table
    next_hop_type  = "Internet"
  }
}
