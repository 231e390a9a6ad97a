# Routes that somebody keeps elsewhere may hold the successors.
data "azurerm_app_configuration_key" "udr" {
  configuration_store_id = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-cfg/providers/Microsoft.AppConfiguration/configurationStores/appcs"
  key                    = "udr"
}

resource "azurerm_route_table" "batch" {
  name                = "rt-batch"
  location            = "eastus"
  resource_group_name = "rg-batch"

  route {
    name           = "default"
    address_prefix = "0.0.0.0/0"
    next_hop_type  = "VirtualNetworkGateway"
  }

  route {
    name           = "kms"
    address_prefix = "23.102.135.246/32" # expect: note azure-kms/route-table
    next_hop_type  = "Internet"
  }
}

resource "azurerm_route" "more" {
  for_each = toset(split(";", data.azurerm_app_configuration_key.udr.value))

  name                = "more-${md5(each.value)}"
  resource_group_name = "rg-batch"
  route_table_name    = azurerm_route_table.batch.name
  address_prefix      = each.value
  next_hop_type       = "Internet"
}
