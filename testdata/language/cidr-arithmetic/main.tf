# Address plans computed from one supernet, numbers with sum, max, range, ceil and slice.
locals {
  supernet = var.region_index == 0 ? "10.64.0.0/12" : cidrsubnet("10.0.0.0/8", 4, var.region_index)
  blocks   = cidrsubnets(local.supernet, 4, 4, 8, 12, 12)
  names    = ["hub", "shared", "mgmt", "fw", "dns"]
  plan     = zipmap(local.names, local.blocks)
  hosts    = { for n in slice(local.names, 2, 5) : n => cidrhost(local.plan[n], n == "dns" ? -2 : 4) }
  sizes    = [for b in local.blocks : pow(2, 32 - tonumber(split("/", b)[1]))]
  steps    = range(100, 100 + 10 * length(local.names), 10)
  back     = range(3, 0, -1)
  total    = sum(local.sizes)
  bits     = ceil(log(max(local.sizes...), 2))
  masks    = { for n, b in local.plan : n => cidrnetmask(b) }
  v6       = cidrsubnet("fd00:fd12:3456::/48", 16, 162)
  v6host   = cidrhost(local.v6, 17)
}

resource "azurerm_route_table" "hub" {
  name                = "rt-hub"
  location            = "westeurope"
  resource_group_name = "rg-hub"
  tags = {
    total = local.total
    bits  = local.bits
    floor = floor(local.total / 1000)
    sign  = signum(-3)
    abs   = abs(-1.5)
    min   = min([4, 2, 8]...)
    back  = join(",", local.back)
    mask  = local.masks.mgmt
    v6    = "${local.v6} ${local.v6host}"
  }

  dynamic "route" {
    for_each = local.plan
    content {
      name                   = "to-${route.key}-${local.steps[index(local.names, route.key)]}"
      address_prefix         = route.value
      next_hop_type          = contains(keys(local.hosts), route.key) ? "VirtualAppliance" : "VnetLocal"
      next_hop_in_ip_address = lookup(local.hosts, route.key, null)
    }
  }
}

resource "azurerm_firewall_policy_rule_collection_group" "plan" {
  name               = "plan"
  firewall_policy_id = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg/providers/Microsoft.Network/firewallPolicies/p"
  priority           = sum(slice(local.steps, 0, 2))

  network_rule_collection {
    name     = "plan"
    action   = "Allow"
    priority = max(local.steps...) + 1

    dynamic "rule" {
      for_each = { for i, p in chunklist(reverse(local.blocks), 2) : format("chunk%03d", i) => p }
      content {
        name                  = rule.key
        protocols             = ["TCP"]
        source_addresses      = rule.value
        destination_addresses = formatlist("%s/%d", ["23.102.135.246", "20.118.99.224"], 32)
        destination_ports     = [for p in range(1688, 1690) : format("%d", p)]
      }
    }
  }
}

resource "azurerm_ip_group_cidr" "block" {
  for_each    = toset([for i in range(4) : cidrsubnet(local.plan.shared, 2, i)])
  ip_group_id = "/subscriptions/x/ipGroups/g"
  cidr        = each.key
}

variable "region_index" {
  type    = number
  default = 5
}
