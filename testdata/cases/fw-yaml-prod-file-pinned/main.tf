# Rules from a YAML file that a variable file chooses: complete by default, pinned with the one for production.
variable "rules_file" {
  type    = string
  default = "firewall_rules.yaml"
}

locals {
  rules = yamldecode(file("${path.module}/${var.rules_file}"))
}

resource "azurerm_firewall_policy" "hub" {
  name                = "afwp-hub"
  resource_group_name = "rg-hub"
  location            = "northeurope"
}

resource "azurerm_firewall_policy_rule_collection_group" "hub" {
  name               = "rcg-hub"
  firewall_policy_id = azurerm_firewall_policy.hub.id
  priority           = 300

  dynamic "network_rule_collection" {
    for_each = local.rules.network_rule_collections
    content {
      name     = network_rule_collection.key
      priority = network_rule_collection.value.priority
      action   = network_rule_collection.value.action

      dynamic "rule" {
        for_each = network_rule_collection.value.rules
        content {
          name                  = rule.value.name
          protocols             = rule.value.protocols
          source_addresses      = rule.value.sources
          destination_addresses = rule.value.destinations
          destination_ports     = [for p in rule.value.ports : tostring(p)]
        }
      }
    }
  }
}
