# Every prefix in every table: one literal, two tables, one finding.
locals {
  tables   = toset(["app", "db"])
  prefixes = { kms = "23.102.135.246/32" } # expect: error azure-kms/route-table missing=20.118.99.224,40.83.235.53 legacy="23.102.135.246/32" containers=azurerm_route_table.this["app"],azurerm_route_table.this["db"]

  pairs = {
    for pair in setproduct(local.tables, keys(local.prefixes)) : "${pair[0]}-${pair[1]}" => {
      table  = pair[0]
      name   = pair[1]
      prefix = local.prefixes[pair[1]]
    }
  }
}

resource "azurerm_route_table" "this" {
  for_each = local.tables

  name                = "rt-${each.key}"
  location            = "westeurope"
  resource_group_name = "rg-product"

  route {
    name                   = "default"
    address_prefix         = "0.0.0.0/0"
    next_hop_type          = "VirtualAppliance"
    next_hop_in_ip_address = "10.19.0.4"
  }
}

resource "azurerm_route" "this" {
  for_each = local.pairs

  name                = each.value.name
  resource_group_name = "rg-product"
  route_table_name    = azurerm_route_table.this[each.value.table].name
  address_prefix      = each.value.prefix
  next_hop_type       = "Internet"
}
