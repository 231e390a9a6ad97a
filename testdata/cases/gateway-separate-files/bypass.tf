locals {
  bypass = {
    backup = "AzureBackup"
    kms    = "23.102.135.246/32" # expect: error azure-kms/route-table missing=20.118.99.224,40.83.235.53 legacy="23.102.135.246/32" containers=azurerm_route_table.sap
  }
}

resource "azurerm_route" "bypass" {
  for_each = local.bypass

  name                = "bypass-${each.key}"
  resource_group_name = azurerm_route_table.sap.resource_group_name
  route_table_name    = azurerm_route_table.sap.name
  address_prefix      = each.value
  next_hop_type       = "Internet"
}
