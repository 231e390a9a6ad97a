# Whether the pinned route exists is not known: the verdict stands.
data "azurerm_app_configuration_key" "direct" {
  configuration_store_id = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-cfg/providers/Microsoft.AppConfiguration/configurationStores/appcs"
  key                    = "direct"
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
}

resource "azurerm_route" "kms" {
  count = data.azurerm_app_configuration_key.direct.value == "on" ? 1 : 0

  name                = "kms"
  resource_group_name = "rg-ci"
  route_table_name    = azurerm_route_table.ci.name
  address_prefix      = "23.102.135.246/32" # expect: error azure-kms/route-table missing=20.118.99.224,40.83.235.53
  next_hop_type       = "Internet"
}
