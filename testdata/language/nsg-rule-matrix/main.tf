# Security rules from a matrix of tiers and flows, with numbers as keys, regexes over short rule texts and sorted priorities.
locals {
  tiers = ["web", "app", "db"]
  flows = <<-FLOWS
    100 allow tcp  web -> app  8443,9000-9010
    110 allow TCP  app -> db   1433
    120 deny  *    web -> db   *
    # not used any more
    200 allow tcp  any -> 23.102.135.246,20.118.99.224 1688

    4000 deny * any -> Internet *
  FLOWS

  lines = [for l in split("\n", local.flows) : trimspace(l) if can(regex("^\\s*\\d", l))]
  rules = {
    for l in local.lines : tonumber(regex("^\\d+", l)) => regex(
      "^(?P<prio>\\d+)\\s+(?P<access>allow|deny)\\s+(?P<proto>\\S+)\\s+(?P<from>\\S+)\\s*->\\s*(?P<to>\\S+)\\s+(?P<ports>\\S+)$", l
    )
  }
  subnets = { for i, t in local.tiers : t => cidrsubnet("10.8.0.0/16", 8, i) }
  numbers = flatten(regexall("[0-9]+", local.flows))
  parts   = [for l in local.lines : replace(l, "/\\s+->\\s+(\\S+).*$/", " to $1")]
}

resource "azurerm_network_security_group" "tier" {
  for_each            = toset(local.tiers)
  name                = "nsg-${each.key}"
  location            = "westeurope"
  resource_group_name = "rg-app"
  tags = {
    subnet  = local.subnets[each.value]
    numbers = length(local.numbers)
    largest = max([for n in local.numbers : tonumber(n)]...)
    first   = local.parts[0]
    last    = reverse(local.parts)[0]
  }
}

resource "azurerm_network_security_rule" "flow" {
  for_each = merge([
    for t in local.tiers : {
      for n, r in local.rules : "${t}.${format("%05d", n)}" => merge(r, { tier = t })
      if r.from == "any" || r.from == t
    }
  ]...)

  name                        = format("%s-%s-%s", each.value.access, each.value.from, replace(each.value.to, "/[.,]/", "-"))
  resource_group_name         = "rg-app"
  network_security_group_name = azurerm_network_security_group.tier[each.value.tier].name
  priority                    = each.value.prio
  direction                   = "Outbound"
  access                      = title(each.value.access)
  protocol                    = each.value.proto == "*" ? "*" : title(lower(each.value.proto))
  source_port_range           = "*"
  source_address_prefix       = lookup(local.subnets, each.value.from, "*")
  destination_port_range      = length(split(",", each.value.ports)) == 1 ? each.value.ports : null
  destination_port_ranges     = length(split(",", each.value.ports)) > 1 ? split(",", each.value.ports) : null
  destination_address_prefix  = try(local.subnets[each.value.to], strcontains(each.value.to, ",") ? null : each.value.to)
  destination_address_prefixes = (
    contains(keys(local.subnets), each.value.to) ? null
    : strcontains(each.value.to, ",") ? split(",", each.value.to)
    : null
  )
}
