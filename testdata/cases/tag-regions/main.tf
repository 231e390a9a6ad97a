# Regional tags: South Central US holds one successor, West US the other, Japan East none.
locals {
  tables = {
    both  = ["AzureCloud.SouthCentralUS", "AzureCloud.WestUS"]
    one   = ["AzureCloud.southcentralus"]
    other = ["AzureCloud.japaneast"]
    store = ["Storage", "Sql.WestUS"]
  }
}

resource "azurerm_route_table" "this" {
  for_each = local.tables

  name                = "rt-${each.key}"
  location            = "japaneast"
  resource_group_name = "rg-tags"

  route {
    name           = "default"
    address_prefix = "0.0.0.0/0"
    next_hop_type  = "VirtualNetworkGateway"
  }

  dynamic "route" {
    for_each = toset(each.value)
    content {
      name           = lower(route.value)
      address_prefix = route.value
      next_hop_type  = "Internet"
    }
  }
}

resource "azurerm_route" "kms_both" {
  name                = "kms"
  resource_group_name = "rg-tags"
  route_table_name    = azurerm_route_table.this["both"].name
  address_prefix      = "23.102.135.246/32"
  next_hop_type       = "Internet"
}

resource "azurerm_route" "kms_one" {
  name                = "kms"
  resource_group_name = "rg-tags"
  route_table_name    = azurerm_route_table.this["one"].name
  address_prefix      = "23.102.135.246/32" # expect: error azure-kms/route-table missing=40.83.235.53 containers=azurerm_route_table.this["one"]
  next_hop_type       = "Internet"
}

resource "azurerm_route" "kms_other" {
  name                = "kms"
  resource_group_name = "rg-tags"
  route_table_name    = azurerm_route_table.this["other"].name
  address_prefix      = "23.102.135.246/32" # expect: error azure-kms/route-table missing=20.118.99.224,40.83.235.53 containers=azurerm_route_table.this["other"]
  next_hop_type       = "Internet"
}

resource "azurerm_route" "kms_store" {
  name                = "kms"
  resource_group_name = "rg-tags"
  route_table_name    = azurerm_route_table.this["store"].name
  address_prefix      = "23.102.135.246/32" # expect: error azure-kms/route-table missing=20.118.99.224,40.83.235.53 containers=azurerm_route_table.this["store"]
  next_hop_type       = "Internet"
}
