# One literal for the tables of all subnets: a single finding for several tables.
variable "subnets" {
  type = map(object({
    cidr = string
    nva  = string
  }))
  default = {
    app = { cidr = "10.4.1.0/24", nva = "10.4.0.4" }
    db  = { cidr = "10.4.2.0/24", nva = "10.4.0.5" }
  }
}

resource "azurerm_route_table" "this" {
  for_each = var.subnets

  name                = "rt-${each.key}"
  resource_group_name = "rg-net"
  location            = "westeurope"
}

resource "azurerm_route" "default" {
  for_each = var.subnets

  name                   = "default"
  resource_group_name    = "rg-net"
  route_table_name       = azurerm_route_table.this[each.key].name
  address_prefix         = "0.0.0.0/0"
  next_hop_type          = "VirtualAppliance"
  next_hop_in_ip_address = each.value.nva
}

resource "azurerm_route" "kms" {
  for_each = var.subnets

  name                = "kms"
  resource_group_name = "rg-net"
  route_table_name    = azurerm_route_table.this[each.key].name
  address_prefix      = "23.102.135.246/32" # expect: error azure-kms/route-table missing=20.118.99.224,40.83.235.53 containers=azurerm_route_table.this["app"],azurerm_route_table.this["db"]
  next_hop_type       = "Internet"
}
