# Forced tunnelling: the default route leads on-premises, only the legacy address leaves directly.
resource "azurerm_resource_group" "erp" {
  name     = "rg-erp-weu"
  location = "westeurope"
}

resource "azurerm_route_table" "erp" {
  name                          = "rt-erp-weu"
  location                      = azurerm_resource_group.erp.location
  resource_group_name           = azurerm_resource_group.erp.name
  bgp_route_propagation_enabled = false

  route {
    name           = "onprem"
    address_prefix = "0.0.0.0/0"
    next_hop_type  = "VirtualNetworkGateway"
  }

  route {
    name           = "kms"
    address_prefix = "23.102.135.246/32" # expect: error azure-kms/route-table cloud=AzureCloud missing=20.118.99.224,40.83.235.53 legacy="23.102.135.246/32" containers=azurerm_route_table.erp scenarios=
    next_hop_type  = "Internet"
  }
}
