# One azurerm_route for each element of a list, by count.
variable "direct_prefixes" {
  description = "Destinations that do not pass the firewall."
  type        = list(string)
  default = [
    "168.63.129.16/32",
    "23.102.135.246/32", # expect: error azure-kms/route-table missing=20.118.99.224,40.83.235.53 legacy="23.102.135.246/32" containers=azurerm_route_table.vdi
  ]
}

resource "azurerm_route_table" "vdi" {
  name                          = "rt-vdi"
  location                      = "japaneast"
  resource_group_name           = "rg-vdi"
  bgp_route_propagation_enabled = false

  route {
    name                   = "default"
    address_prefix         = "0.0.0.0/0"
    next_hop_type          = "VirtualAppliance"
    next_hop_in_ip_address = "10.100.0.4"
  }
}

resource "azurerm_route" "direct" {
  count = length(var.direct_prefixes)

  name                = format("direct-%02d", count.index + 1)
  resource_group_name = "rg-vdi"
  route_table_name    = azurerm_route_table.vdi.name
  address_prefix      = element(var.direct_prefixes, count.index)
  next_hop_type       = "Internet"
}
