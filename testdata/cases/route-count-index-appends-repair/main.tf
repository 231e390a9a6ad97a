# Routes by index: a repair goes to the end of the list, so that no other route changes its address.
variable "bypass" {
  type = list(string)
  default = [
    "23.102.135.246/32", # expect: error azure-kms/route-table missing=20.118.99.224,40.83.235.53
    "52.239.0.0/16",
  ]
}

resource "azurerm_route_table" "this" {
  name                = "rt-count"
  location            = "eastus"
  resource_group_name = "rg-count"

  route {
    name           = "default"
    address_prefix = "0.0.0.0/0"
    next_hop_type  = "VirtualNetworkGateway"
  }
}

resource "azurerm_route" "bypass" {
  count               = length(var.bypass)
  name                = "bypass-${count.index}"
  resource_group_name = "rg-count"
  route_table_name    = azurerm_route_table.this.name
  address_prefix      = var.bypass[count.index]
  next_hop_type       = "Internet"
}
