# Whether the successors' routes exist is not known: a note.
variable "azkms_enabled" {
  type = bool
}

resource "azurerm_route_table" "ci" {
  name                          = "rt-ci"
  location                      = "eastus"
  resource_group_name           = "rg-ci"
  bgp_route_propagation_enabled = false

  route {
    name                   = "default"
    address_prefix         = "0.0.0.0/0"
    next_hop_type          = "VirtualAppliance"
    next_hop_in_ip_address = "10.2.0.4"
  }

  route {
    name           = "kms"
    address_prefix = "23.102.135.246/32" # expect: note azure-kms/route-table
    next_hop_type  = "Internet"
  }
}

resource "azurerm_route" "azkms_1" {
  count = var.azkms_enabled ? 1 : 0

  name                = "azkms-1"
  resource_group_name = "rg-ci"
  route_table_name    = azurerm_route_table.ci.name
  address_prefix      = "20.118.99.224/32"
  next_hop_type       = "Internet"
}

resource "azurerm_route" "azkms_2" {
  count = var.azkms_enabled ? 1 : 0

  name                = "azkms-2"
  resource_group_name = "rg-ci"
  route_table_name    = azurerm_route_table.ci.name
  address_prefix      = "40.83.235.53/32"
  next_hop_type       = "Internet"
}
