# Only the legacy address passes an appliance; the successors go out directly.
resource "azurerm_route_table" "dmz" {
  name                = "rt-dmz"
  location            = "southeastasia"
  resource_group_name = "rg-dmz"
}

resource "azurerm_route" "dmz" {
  for_each = {
    internet = { prefix = "0.0.0.0/0", type = "Internet" }
    kms      = { prefix = "23.102.135.246/32", type = "VirtualAppliance", ip = "10.9.0.4" } # expect: note azure-kms/route-table
  }

  name                   = each.key
  resource_group_name    = "rg-dmz"
  route_table_name       = azurerm_route_table.dmz.name
  address_prefix         = each.value.prefix
  next_hop_type          = each.value.type
  next_hop_in_ip_address = lookup(each.value, "ip", null)
}
