# Two names that are not known: the successors may or may not belong to the pinned table.
resource "random_pet" "a" {}

resource "random_pet" "b" {}

resource "azurerm_route_table" "a" {
  name                = random_pet.a.id
  location            = "eastus"
  resource_group_name = "rg-site"

  route {
    name           = "default"
    address_prefix = "0.0.0.0/0"
    next_hop_type  = "VirtualNetworkGateway"
  }

  route {
    name           = "kms"
    address_prefix = "23.102.135.246/32" # expect: note azure-kms/route-table
    next_hop_type  = "Internet"
  }
}

resource "azurerm_route" "b" {
  for_each = { azkms-1 = "20.118.99.224/32", azkms-2 = "40.83.235.53/32" }

  name                = each.key
  resource_group_name = "rg-site"
  route_table_name    = random_pet.b.id
  address_prefix      = each.value
  next_hop_type       = "Internet"
}
