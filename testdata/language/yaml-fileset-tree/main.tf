# One YAML file for each spoke and environment; file names carry the keys, anchors and merge keys the defaults.
locals {
  files = fileset(path.module, "spokes/**/*.y{a,}ml")

  spokes = {
    for f in local.files :
    replace(trimsuffix(trimprefix(f, "spokes/"), format(".%s", element(split(".", f), length(split(".", f)) - 1))), "/", "-") => merge(
      { env = basename(dirname(f)), rules = [], priority_base = 100 },
      yamldecode(file("${path.module}/${f}"))
    )
  }

  rules = flatten([
    for k, s in local.spokes : [
      for i, r in try([for x in s.rules : x], []) : merge({
        key      = join("/", [k, r.name])
        spoke    = k
        priority = s.priority_base + i * 10
        access   = "Allow"
        port     = null
      }, r)
    ]
  ])
}

resource "azurerm_network_security_group" "spoke" {
  for_each            = local.spokes
  name                = "nsg-${each.key}"
  location            = each.value.location
  resource_group_name = "rg-${each.value.env}"
  tags                = { for k, v in lookup(each.value, "tags", {}) : lower(k) => tostring(v) }
}

resource "azurerm_network_security_rule" "spoke" {
  for_each = { for r in local.rules : r.key => r }

  name                        = replace(each.key, "/[^A-Za-z0-9_.-]/", "_")
  resource_group_name         = azurerm_network_security_group.spoke[each.value.spoke].resource_group_name
  network_security_group_name = azurerm_network_security_group.spoke[each.value.spoke].name
  priority                    = each.value.priority
  direction                   = "Outbound"
  access                      = each.value.access
  protocol                    = try(each.value.protocol, "*")
  source_port_range           = "*"
  source_address_prefix       = "VirtualNetwork"
  destination_address_prefix  = try(tostring(each.value.to), null)
  destination_address_prefixes = try(
    [for x in each.value.to : x if !can(tostring(each.value.to))],
    null
  )
  destination_port_range  = can(tolist(each.value.port)) ? null : each.value.port == null ? "*" : tostring(each.value.port)
  destination_port_ranges = try(tolist(each.value.port), null)
}
