# Routes of a CSV file crossed with tables of a JSON file; zipmap, setproduct, chunklist and transpose.
locals {
  rows   = csvdecode(file("${path.module}/data/routes.csv"))
  tables = jsondecode(file("${path.module}/data/tables.json"))

  by_scope = { for r in local.rows : r.scope => r... if lower(trimspace(r.active)) == "yes" }
  pairs    = setproduct(keys(local.tables), ["all", "hub"])
  wanted = flatten([
    for p in local.pairs : [
      for r in lookup(local.by_scope, p[1], []) : { table = p[0], route = r }
      if p[1] == "all" || contains(local.tables[p[0]].scopes, p[1])
    ]
  ])

  prefixes = distinct(compact([for r in local.rows : r.prefix]))
  chunks   = chunklist(sort(local.prefixes), 2)
  owners   = transpose({ for k, t in local.tables : k => t.scopes })
  hops     = zipmap(["appliance", "internet", "none"], ["VirtualAppliance", "Internet", "None"])
}

resource "azurerm_route_table" "t" {
  for_each            = local.tables
  name                = each.key
  location            = each.value.location
  resource_group_name = "rg-routing"
  tags = {
    scopes = join(",", each.value.scopes)
    weight = each.value.weight
    limit  = each.value.limits[0].max
    hub    = tostring(contains(local.owners["hub"], each.key))
  }
}

resource "azurerm_route" "r" {
  for_each = { for w in local.wanted : "${w.table}:${w.route.name}" => w.route }

  name                   = each.value.name
  resource_group_name    = "rg-routing"
  route_table_name       = azurerm_route_table.t[split(":", each.key)[0]].name
  address_prefix         = each.value.prefix
  next_hop_type          = local.hops[lower(each.value.hop)]
  next_hop_in_ip_address = each.value.ip != "" ? each.value.ip : null
}

resource "azurerm_ip_group" "chunk" {
  count               = length(local.chunks)
  name                = format("ipg-%02d-of-%02d", count.index + 1, length(local.chunks))
  location            = "westeurope"
  resource_group_name = "rg-routing"
  cidrs               = local.chunks[count.index]
}
