# IP groups from a map; a policy's rule allows the one that holds all three addresses.
locals {
  ip_groups = {
    spokes     = ["10.20.0.0/16", "10.21.0.0/16"]
    activation = ["23.102.135.246", "20.118.99.224", "40.83.235.53"]
  }
}

resource "azurerm_ip_group" "this" {
  for_each = local.ip_groups

  name                = "ipg-${each.key}"
  resource_group_name = "rg-hub"
  location            = "canadaeast"
  cidrs               = each.value
}

resource "azurerm_firewall_policy" "hub" {
  name                = "afwp-hub"
  resource_group_name = "rg-hub"
  location            = "canadaeast"
}

resource "azurerm_firewall_policy_rule_collection_group" "hub" {
  name               = "rcg-hub"
  firewall_policy_id = azurerm_firewall_policy.hub.id
  priority           = 300

  network_rule_collection {
    name     = "nrc-hub"
    priority = 310
    action   = "Allow"

    rule {
      name                  = "activation"
      protocols             = ["TCP"]
      source_ip_groups      = [azurerm_ip_group.this["spokes"].id]
      destination_ip_groups = [azurerm_ip_group.this["activation"].id]
      destination_ports     = ["1688"]
    }
  }
}
