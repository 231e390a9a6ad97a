# Rules by name from one YAML file, both hosts in one flow list.
locals {
  rules = yamldecode(file("${path.module}/rules/windows.yaml"))["rules"]
}

data "azurerm_firewall_policy" "hub" {
  name                = "afwp-hub"
  resource_group_name = "rg-hub"
}

resource "azurerm_firewall_policy_rule_collection_group" "windows" {
  name               = "rcg-windows"
  firewall_policy_id = data.azurerm_firewall_policy.hub.id
  priority           = 300

  network_rule_collection {
    name     = "nrc-windows"
    priority = 310
    action   = "Allow"

    dynamic "rule" {
      for_each = { for r in local.rules : r.name => r }
      content {
        name              = rule.key
        protocols         = rule.value.protocols
        source_addresses  = rule.value.sources
        destination_fqdns = rule.value.fqdns
        destination_ports = rule.value.ports
      }
    }
  }
}
