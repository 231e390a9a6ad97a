# Tables and their routes in one variable; the routes become resources. One of two tables is pinned.
resource "azurerm_route_table" "this" {
  for_each = var.route_tables

  name                = each.value.name
  location            = "westeurope"
  resource_group_name = "rg-tables"
}

resource "azurerm_route" "this" {
  for_each = {
    for pair in flatten([
      for table_key, table in var.route_tables : [
        for route_key, route in table.routes : {
          key   = "${table_key}/${route_key}"
          table = table_key
          name  = route_key
          route = route
        }
      ]
    ]) : pair.key => pair
  }

  name                   = each.value.name
  resource_group_name    = azurerm_route_table.this[each.value.table].resource_group_name
  route_table_name       = azurerm_route_table.this[each.value.table].name
  address_prefix         = each.value.route.address_prefix
  next_hop_type          = each.value.route.next_hop_type
  next_hop_in_ip_address = try(each.value.route.next_hop_in_ip_address, null)
}
