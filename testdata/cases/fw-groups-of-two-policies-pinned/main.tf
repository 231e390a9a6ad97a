# The group that allows the successors belongs to another policy: the first one is pinned.
locals {
  policies = toset(["prod", "test"])
}

resource "azurerm_firewall_policy" "this" {
  for_each = local.policies

  name                = "afwp-${each.key}"
  resource_group_name = "rg-fw-${each.key}"
  location            = "polandcentral"
}
