# The hop comes from a default of optional(), the iterator has a name of its own.
resource "azurerm_route_table" "this" {
  name                = "rt-optional"
  location            = "spaincentral"
  resource_group_name = "rg-optional"

  dynamic "route" {
    for_each = { for r in var.routes : r.name => r }
    iterator = entry

    content {
      name                   = entry.key
      address_prefix         = entry.value.prefix
      next_hop_type          = entry.value.hop.type
      next_hop_in_ip_address = entry.value.hop.ip
    }
  }
}
