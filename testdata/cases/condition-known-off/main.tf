# The pinned route is switched off: there is none.
variable "legacy_kms" {
  type    = bool
  default = false
}

resource "azurerm_route_table" "ci" {
  name                = "rt-ci"
  location            = "eastus"
  resource_group_name = "rg-ci"

  route {
    name           = "default"
    address_prefix = "0.0.0.0/0"
    next_hop_type  = "VirtualNetworkGateway"
  }
}

resource "azurerm_route" "kms" {
  count = var.legacy_kms ? 1 : 0

  name                = "kms"
  resource_group_name = "rg-ci"
  route_table_name    = azurerm_route_table.ci.name
  address_prefix      = "23.102.135.246/32"
  next_hop_type       = "Internet"
}
