# Components configured from several variable files: keys that refer to other components, with local and remote lookups.
locals {
  global_settings = merge({
    default_region = "region1"
    prefixes       = [""]
    passthrough    = false
    use_slug       = true
  }, var.global_settings)

  prefix = length(compact(local.global_settings.prefixes)) > 0 ? "${join("-", local.global_settings.prefixes)}-" : ""

  combined_objects_route_tables = merge(
    { (var.landingzone.key) = { for k, v in azurerm_route_table.rt : k => { name = v.name, id = v.id, resource_group_name = v.resource_group_name } } },
    try(var.remote_objects.route_tables, {})
  )
}

resource "azurerm_route_table" "rt" {
  for_each                      = try(var.networking.route_tables, {})
  name                          = local.global_settings.passthrough ? each.value.name : format("%s%s%s", local.prefix, local.global_settings.use_slug ? "rt-" : "", each.value.name)
  resource_group_name           = lookup(each.value, "resource_group_name", null) == null ? var.resource_groups[each.value.resource_group_key].name : each.value.resource_group_name
  location                      = lookup(local.global_settings.regions, lookup(each.value, "region", local.global_settings.default_region))
  bgp_route_propagation_enabled = !try(each.value.disable_bgp_route_propagation, false)
  tags                          = merge(try(local.global_settings.tags, null), lookup(each.value, "tags", null), { module = "route_tables" })
}

resource "azurerm_route" "route" {
  for_each = try(var.networking.azurerm_routes, {})

  name                = each.value.name
  resource_group_name = local.combined_objects_route_tables[try(each.value.lz_key, var.landingzone.key)][each.value.route_table_key].resource_group_name
  route_table_name    = local.combined_objects_route_tables[try(each.value.lz_key, var.landingzone.key)][each.value.route_table_key].name
  address_prefix      = each.value.address_prefix
  next_hop_type       = each.value.next_hop_type
  next_hop_in_ip_address = lower(each.value.next_hop_type) == "virtualappliance" ? try(coalesce(
    try(each.value.next_hop_in_ip_address, ""),
    try(azurerm_firewall.fw[each.value.private_ip_keys.azurerm_firewall.key].ip_configuration[each.value.private_ip_keys.azurerm_firewall.interface_index].private_ip_address, "")
  ), null) : null
}

resource "azurerm_firewall" "fw" {
  for_each            = { for k in ["fw1"] : k => k if can(var.networking.azurerm_routes) }
  name                = each.key
  location            = "westeurope"
  resource_group_name = "rg"
  sku_name            = "AZFW_VNet"
  sku_tier            = "Standard"
  ip_configuration {
    name = "cfg"
  }
}

module "nsg" {
  source   = "./nsg"
  for_each = try(var.networking.network_security_group_definition, {})
  key      = each.key
  settings = each.value
  global   = local.global_settings
}
