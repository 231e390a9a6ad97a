# Two subscriptions, named alike in both: one table is complete, the other is not.
provider "azurerm" {
  subscription_id = "00000000-0000-0000-0000-00000000000a"
  features {}
}

provider "azurerm" {
  alias           = "dr"
  subscription_id = "00000000-0000-0000-0000-00000000000b"
  features {}
}

locals {
  kms   = "23.102.135.246/32"
  azkms = { azkms-1 = "20.118.99.224/32", azkms-2 = "40.83.235.53/32" }
}

resource "azurerm_route_table" "main" {
  name                = "rt-hub"
  location            = "eastus"
  resource_group_name = "rg-hub"

  route {
    name           = "default"
    address_prefix = "0.0.0.0/0"
    next_hop_type  = "VirtualNetworkGateway"
  }

  route {
    name           = "kms"
    address_prefix = local.kms
    next_hop_type  = "Internet"
  }
}

resource "azurerm_route" "main" {
  for_each = local.azkms

  name                = each.key
  resource_group_name = "rg-hub"
  route_table_name    = "rt-hub"
  address_prefix      = each.value
  next_hop_type       = "Internet"
}

resource "azurerm_route_table" "dr" {
  provider = azurerm.dr

  name                = "rt-hub"
  location            = "westus"
  resource_group_name = "rg-hub"

  route {
    name           = "default"
    address_prefix = "0.0.0.0/0"
    next_hop_type  = "VirtualNetworkGateway"
  }

  route {
    name           = "kms"
    address_prefix = "23.102.135.246/32" # expect: error azure-kms/route-table containers=azurerm_route_table.dr
    next_hop_type  = "Internet"
  }
}
