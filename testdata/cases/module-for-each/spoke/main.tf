variable "name" {
  type = string
}

variable "direct" {
  type = list(string)
}

resource "azurerm_route_table" "this" {
  name                = "rt-${var.name}"
  location            = "westus2"
  resource_group_name = "rg-${var.name}"
}

resource "azurerm_route" "default" {
  name                   = "default"
  resource_group_name    = azurerm_route_table.this.resource_group_name
  route_table_name       = azurerm_route_table.this.name
  address_prefix         = "0.0.0.0/0"
  next_hop_type          = "VirtualAppliance"
  next_hop_in_ip_address = "10.55.0.4"
}

resource "azurerm_route" "direct" {
  for_each = { for i, prefix in var.direct : "direct-${i}" => prefix }

  name                = each.key
  resource_group_name = azurerm_route_table.this.resource_group_name
  route_table_name    = azurerm_route_table.this.name
  address_prefix      = each.value
  next_hop_type       = "Internet"
}
