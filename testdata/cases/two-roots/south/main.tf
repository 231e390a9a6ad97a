resource "azurerm_route" "azkms" {
  for_each = { azkms-1 = "20.118.99.224/32", azkms-2 = "40.83.235.53/32" }

  name                = each.key
  resource_group_name = "rg-site"
  route_table_name    = "rt-site"
  address_prefix      = each.value
  next_hop_type       = "Internet"
}
