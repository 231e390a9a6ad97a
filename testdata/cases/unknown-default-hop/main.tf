# Where the default route leads is not known.
variable "default_hop_type" {
  type = string
}

resource "azurerm_route_table" "batch" {
  name                = "rt-batch"
  location            = "eastus"
  resource_group_name = "rg-batch"
}

resource "azurerm_route" "batch" {
  for_each = {
    default = ["0.0.0.0/0", var.default_hop_type]
    kms     = ["23.102.135.246/32", "Internet"] # expect: note azure-kms/route-table
  }

  name                = each.key
  resource_group_name = "rg-batch"
  route_table_name    = azurerm_route_table.batch.name
  address_prefix      = each.value[0]
  next_hop_type       = each.value[1]
}
