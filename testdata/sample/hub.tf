resource "azurerm_resource_group" "hub" {
  name     = "rg-${local.name}-hub"
  location = var.location
  tags     = local.tags
}

resource "azurerm_virtual_network" "hub" {
  name                = "vnet-${local.name}-hub"
  location            = azurerm_resource_group.hub.location
  resource_group_name = azurerm_resource_group.hub.name
  address_space       = [var.hub_address_space]
  tags                = local.tags
}

resource "azurerm_subnet" "hub" {
  for_each = local.hub_subnets

  name                 = "snet-${each.key}"
  resource_group_name  = azurerm_resource_group.hub.name
  virtual_network_name = azurerm_virtual_network.hub.name
  address_prefixes     = [each.value]
}

resource "azurerm_subnet_route_table_association" "hub" {
  for_each = local.hub_subnets

  subnet_id      = azurerm_subnet.hub[each.key].id
  route_table_id = local.hub_route_tables[each.key]
}
