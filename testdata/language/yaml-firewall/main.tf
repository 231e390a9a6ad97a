# Rule collections that stand in YAML files, one for each team, with defaults for what they leave out.
provider "azurerm" {
  features {}
}

locals {
  files    = fileset("${path.module}/rules", "*.yaml")
  raw      = { for f in local.files : trimsuffix(basename(f), ".yaml") => yamldecode(file("${path.module}/rules/${f}")) }
  defaults = { action = "Allow", protocols = ["TCP"], source_addresses = ["10.0.0.0/8"] }
  collections = merge([
    for team, doc in local.raw : {
      for c in try(doc.collections, []) : "${team}-${c.name}" => {
        priority = try(c.priority, 1000 + index(keys(local.raw), team))
        action   = title(lower(try(c.action, local.defaults.action)))
        rules    = [for r in c.rules : merge(local.defaults, { destination_addresses = [], destination_fqdns = [] }, r)]
      }
    }
  ]...)
}

resource "azurerm_firewall_policy" "hub" {
  name                = "afwp-hub"
  resource_group_name = "rg-hub"
  location            = "westeurope"

  dns {
    proxy_enabled = true
  }
}

resource "azurerm_firewall_policy_rule_collection_group" "teams" {
  name               = "rcg-teams"
  firewall_policy_id = azurerm_firewall_policy.hub.id
  priority           = 500

  dynamic "network_rule_collection" {
    for_each = local.collections
    iterator = collection
    content {
      name     = collection.key
      priority = collection.value.priority
      action   = collection.value.action

      dynamic "rule" {
        for_each = collection.value.rules
        content {
          name                  = rule.value.name
          protocols             = rule.value.protocols
          source_addresses      = rule.value.source_addresses
          destination_addresses = length(rule.value.destination_addresses) > 0 ? rule.value.destination_addresses : null
          destination_fqdns     = try(coalescelist(rule.value.destination_fqdns), null)
          destination_ports     = [for p in flatten([rule.value.ports]) : tostring(p)]
        }
      }
    }
  }
}
