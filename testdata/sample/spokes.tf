resource "azurerm_resource_group" "spoke" {
  for_each = var.spokes

  name     = "rg-${local.name}-${each.key}"
  location = var.location
  tags     = local.tags
}

resource "azurerm_virtual_network" "spoke" {
  for_each = var.spokes

  name                = "vnet-${local.name}-${each.key}"
  location            = var.location
  resource_group_name = azurerm_resource_group.spoke[each.key].name
  address_space       = [each.value.address_space]
  tags                = local.tags

  dynamic "subnet" {
    for_each = each.value.subnets

    content {
      name             = "snet-${subnet.key}"
      address_prefixes = [subnet.value]
    }
  }
}

module "spoke_routes" {
  source   = "./modules/route-table"
  for_each = var.spokes

  name                = "rt-${local.name}-${each.key}"
  location            = var.location
  resource_group_name = azurerm_resource_group.spoke[each.key].name
  firewall_private_ip = var.firewall_private_ip
  bypass              = each.value.bypass
  tags                = local.tags
}

output "spoke_route_table_ids" {
  description = "Route tables of the spokes, by spoke name."
  value       = { for name, table in module.spoke_routes : name => table.id }
}
