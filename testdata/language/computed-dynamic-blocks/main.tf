# Known lists with computed members drive blocks and counts; merges, lookups and conditions over them stay partly known.
resource "azurerm_public_ip" "pip" {
  for_each            = toset(["a", "b"])
  name                = "pip-${each.key}"
  location            = "westeurope"
  resource_group_name = "rg"
  allocation_method   = "Static"
}

resource "azurerm_ip_group" "g" {
  name                = "ipg"
  location            = "westeurope"
  resource_group_name = "rg"
  cidrs               = ["23.102.135.246"]
}

locals {
  static  = { kms = "23.102.135.246/32", azkms = "20.118.99.224/32" }
  dynamic = { for k, p in azurerm_public_ip.pip : "pip-${k}" => "${p.ip_address}/32" }
  all     = merge(local.static, local.dynamic)
  pairs   = [for k in sort(keys(local.all)) : { name = k, prefix = local.all[k] }]
  found   = lookup(local.all, "pip-a", "none")
  absent  = lookup(local.all, "pip-z", "none")
  ids     = { main = azurerm_ip_group.g.id, other = "/static/id" }
  picked  = var.use_computed ? azurerm_ip_group.g.id : "/static/id"
  tuple   = [azurerm_ip_group.g.id, "known", 5]
  opt     = azurerm_ip_group.g.id == "" ? "empty" : "filled"
}

variable "use_computed" {
  type    = bool
  default = false
}

resource "azurerm_route_table" "t" {
  name                = "rt"
  location            = "westeurope"
  resource_group_name = "rg"
  tags = {
    size   = length(local.all)
    pip    = azurerm_public_ip.pip["a"].ip_address
    found  = local.found
    absent = local.absent
    picked = local.picked
    second = local.tuple[1]
    last   = element(local.tuple, 2)
    opt    = local.opt
    name   = azurerm_ip_group.g.name
    prefix = "id:${azurerm_ip_group.g.id}"
    known  = can(azurerm_ip_group.g.id) ? "can" : "cannot"
    try    = try(local.all["nope"], "fallback")
    cond   = var.use_computed || local.ids.other == "/static/id"
    sorted = join(",", sort([for k, v in local.all : k if v != null]))
  }

  dynamic "route" {
    for_each = { for p in local.pairs : p.name => p }
    content {
      name           = route.key
      address_prefix = route.value.prefix
      next_hop_type  = contains(keys(local.static), route.key) ? "Internet" : "None"
    }
  }
}

resource "azurerm_route" "counted" {
  count               = length([for p in local.pairs : p if startswith(p.name, "pip")])
  name                = "n${count.index}"
  resource_group_name = azurerm_route_table.t.resource_group_name
  route_table_name    = azurerm_route_table.t.name
  address_prefix      = [for p in local.pairs : p.prefix if startswith(p.name, "pip")][count.index]
  next_hop_type       = count.index == 0 ? "Internet" : local.opt
}

resource "azurerm_firewall_policy_rule_collection_group" "g" {
  name               = "rcg"
  firewall_policy_id = azurerm_ip_group.g.firewall_policy_ids[0]
  priority           = 300

  dynamic "network_rule_collection" {
    for_each = [for id in [azurerm_ip_group.g.id] : id]
    content {
      name     = "computed-${network_rule_collection.key}"
      action   = "Allow"
      priority = 200

      dynamic "rule" {
        for_each = local.ids
        iterator = it
        content {
          name                  = "rule-${it.key}"
          source_ip_groups      = distinct([it.value, "/static/id"])
          destination_addresses = concat(["20.118.99.224"], values(azurerm_public_ip.pip)[*].ip_address)
          destination_ports     = ["1688"]
          protocols             = ["TCP"]
        }
      }
    }
  }
}
