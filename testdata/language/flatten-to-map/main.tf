# Lists nested in maps, flattened into one map with composed keys, three levels deep.
locals {
  environment = "prod"

  landing_zones = {
    corp = {
      enabled = true
      spokes = {
        app1 = {
          tables = [
            { name = "web", routes = [{ name = "default", prefix = "0.0.0.0/0" }, { name = "kms", prefix = "23.102.135.246/32", hop = "Internet" }] },
            { name = "db", routes = [] },
          ]
        }
        app2 = {
          tables = [
            { name = "web", routes = [{ name = "kms2", prefix = "40.83.235.53/32", hop = "Internet" }] },
          ]
        }
      }
    }
    online = {
      enabled = true
      spokes  = {}
    }
    sandbox = {
      enabled = false
      spokes = {
        lab = { tables = [{ name = "web", routes = [{ name = "default", prefix = "0.0.0.0/0" }] }] }
      }
    }
  }

  tables = merge([
    for lz, cfg in local.landing_zones : merge([
      for spoke, s in cfg.spokes : {
        for t in s.tables : "${lz}-${spoke}-${t.name}" => merge(t, { spoke = spoke, zone = lz })
      }
    ]...) if cfg.enabled
  ]...)

  flat = flatten([
    for key, t in local.tables : [
      for i, r in t.routes : {
        table = key
        name  = r.name
        order = i
        route = r
      }
    ]
  ])
}

resource "azurerm_route_table" "spoke" {
  for_each            = local.tables
  name                = format("rt-%s-%s", each.key, local.environment)
  location            = "swedencentral"
  resource_group_name = "rg-${each.value.zone}-${each.value.spoke}"
  tags                = { routes = length(each.value.routes), spoke = each.value["spoke"] }
}

resource "azurerm_route" "spoke" {
  for_each = { for r in local.flat : "${r.table}-${r.name}" => r }

  name                   = "udr-${each.value.order}-${each.value.name}"
  resource_group_name    = azurerm_route_table.spoke[each.value.table].resource_group_name
  route_table_name       = azurerm_route_table.spoke[each.value.table].name
  address_prefix         = each.value.route.prefix
  next_hop_type          = try(each.value.route.hop, "VirtualAppliance")
  next_hop_in_ip_address = can(each.value.route.hop) ? null : "10.0.0.4"
}
