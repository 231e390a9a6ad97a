# One big settings object of type any, read with lookup and try chains, in the manner of a landing zone.
locals {
  settings      = merge(local.defaults, var.settings)
  defaults      = { location = "westeurope", enabled = true, hubs = {}, suffix = "001" }
  env           = lookup(var.settings, "environment", "dev")
  short         = lookup(local.short_names, local.env, local.short_names["default"])
  short_names   = { prod = "p", test = "t", default = "x" }
  regions       = { westeurope = "weu", northeurope = "neu" }
  custom        = try(var.settings.advanced.custom_by_type, {})
  tables_config = try(local.custom.azurerm_route_table, local.custom["route_tables"], {})

  hubs = {
    for k, h in local.settings.hubs : k => merge(h, {
      location = lookup(h, "location", local.settings.location)
      short    = lookup(local.regions, try(h.location, local.settings.location), substr(try(h.location, ""), 0, 3))
    }) if try(h.enabled, local.settings.enabled)
  }

  routes = {
    for x in flatten([
      for k, h in local.hubs : [
        for n, r in try(h.config.routes, {}) : { id = "${k}/${n}", hub = k, name = n, cfg = r }
      ]
    ]) : x.id => x
  }
}

resource "azurerm_route_table" "hub" {
  for_each                      = local.hubs
  name                          = try(local.tables_config[each.key].name, join("-", compact(["rt", each.value.short, local.short, try(each.value.suffix, local.settings.suffix), ""])))
  location                      = each.value.location
  resource_group_name           = "rg-${each.key}"
  bgp_route_propagation_enabled = try(each.value.config.propagation, null)
  tags                          = try(merge(var.settings.tags, each.value.tags), var.settings.tags, null)
}

resource "azurerm_route" "hub" {
  for_each               = local.routes
  name                   = each.value.name
  resource_group_name    = "rg-${each.value.hub}"
  route_table_name       = azurerm_route_table.hub[each.value.hub].name
  address_prefix         = try(each.value.cfg.prefix, each.value.cfg)
  next_hop_type          = try(each.value.cfg.ip, null) != null ? "VirtualAppliance" : try(each.value.cfg.type, "Internet")
  next_hop_in_ip_address = try(each.value.cfg.ip, null)
}

resource "azurerm_ip_group" "advanced" {
  for_each            = { for k in ["a", "b", "c"] : k => local.custom.ip_groups[k] if can(local.custom.ip_groups[k].cidrs) }
  name                = each.key
  location            = local.settings.location
  resource_group_name = "rg"
  cidrs               = flatten([each.value.cidrs])
}

variable "settings" {
  type    = any
  default = {}
}
