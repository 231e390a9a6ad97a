# Two variable files below env/ are two scenarios beside the defaults. Both values of prod are its own.
variable "firewall_ip" {
  type    = string
  default = "10.0.0.4"
}

variable "direct" {
  type    = map(string)
  default = {}
}

resource "azurerm_route_table" "this" {
  name                = "rt-env"
  location            = "westus2"
  resource_group_name = "rg-env"

  route {
    name                   = "default"
    address_prefix         = "0.0.0.0/0"
    next_hop_type          = "VirtualAppliance"
    next_hop_in_ip_address = var.firewall_ip
  }
}

resource "azurerm_route" "direct" {
  for_each = var.direct

  name                = each.key
  resource_group_name = azurerm_route_table.this.resource_group_name
  route_table_name    = azurerm_route_table.this.name
  address_prefix      = each.value
  next_hop_type       = "Internet"
}
