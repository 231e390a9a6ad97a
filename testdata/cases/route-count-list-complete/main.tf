# Routes by count over a list of addresses that knows both successors.
locals {
  kms_ips = [
    "23.102.135.246",
    "20.118.99.224",
    "40.83.235.53",
  ]
}

resource "azurerm_route_table" "hosts" {
  name                = "rt-hosts"
  resource_group_name = "rg-hosts"
  location            = "westus2"
}

resource "azurerm_route" "default" {
  name                = "to-onprem"
  resource_group_name = azurerm_route_table.hosts.resource_group_name
  route_table_name    = azurerm_route_table.hosts.name
  address_prefix      = "0.0.0.0/0"
  next_hop_type       = "VirtualNetworkGateway"
}

resource "azurerm_route" "kms" {
  count = length(local.kms_ips)

  name                = "kms-${count.index + 1}"
  resource_group_name = azurerm_route_table.hosts.resource_group_name
  route_table_name    = azurerm_route_table.hosts.name
  address_prefix      = "${local.kms_ips[count.index]}/32"
  next_hop_type       = "Internet"
}
