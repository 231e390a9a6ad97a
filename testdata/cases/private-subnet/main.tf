# The table is on a subnet without default outbound access, and nothing gives it a way out.
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

resource "azurerm_subnet" "p" {
  name                            = "snet-private"
  resource_group_name             = "rg"
  virtual_network_name            = "vnet"
  address_prefixes                = ["10.0.0.0/24"]
  default_outbound_access_enabled = false
}

resource "azurerm_subnet_route_table_association" "p" {
  subnet_id      = azurerm_subnet.p.id
  route_table_id = azurerm_route_table.erp.id
}
