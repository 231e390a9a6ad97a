# Tables by count; only the second gets the successors.
resource "azurerm_route_table" "zone" {
  count = 2

  name                = "rt-zone-${count.index + 1}"
  location            = "eastus"
  resource_group_name = "rg-zones"

  route {
    name                   = "default"
    address_prefix         = "0.0.0.0/0"
    next_hop_type          = "VirtualAppliance"
    next_hop_in_ip_address = "10.0.${count.index}.4"
  }
}

resource "azurerm_route" "kms" {
  count = length(azurerm_route_table.zone)

  name                = "kms"
  resource_group_name = "rg-zones"
  route_table_name    = azurerm_route_table.zone[count.index].name
  address_prefix      = "23.102.135.246/32" # expect: error azure-kms/route-table containers=azurerm_route_table.zone[0]
  next_hop_type       = "Internet"
}

resource "azurerm_route" "azkms" {
  for_each = { azkms-1 = "20.118.99.224/32", azkms-2 = "40.83.235.53/32" }

  name                = each.key
  resource_group_name = "rg-zones"
  route_table_name    = azurerm_route_table.zone[1].name
  address_prefix      = each.value
  next_hop_type       = "Internet"
}
