# Modules that feed each other, with for_each and count; outputs of objects, splats over modules.
provider "azurerm" {
  features {}
}

locals {
  spokes = {
    a = { cidr = "10.1.0.0/16", tables = 2 }
    b = { cidr = "10.2.0.0/16", tables = 0 }
  }
}

module "hub" {
  source = "./hub"
  count  = 1

  direct = ["23.102.135.246/32", "20.118.99.224/32"]
}

module "spoke" {
  source   = "./spoke"
  for_each = local.spokes

  name    = each.key
  subnets = cidrsubnets(each.value.cidr, 4, 8)
  routes  = one(module.hub[*].routes)
  tables  = each.value.tables
}

resource "azurerm_network_manager_admin_rule" "all" {
  for_each = { for name in sort(flatten(values(module.spoke)[*].tables)) : name => index(sort(flatten(values(module.spoke)[*].tables)), name) }

  name                     = each.key
  admin_rule_collection_id = "collection"
  action                   = "Allow"
  direction                = "Outbound"
  priority                 = each.value + 1
  protocol                 = "Tcp"
  destination_port_ranges  = ["1688"]

  dynamic "destination" {
    for_each = toset(module.hub[0].routes[*].prefix)
    content {
      address_prefix      = destination.value
      address_prefix_type = "IPPrefix"
    }
  }
}
