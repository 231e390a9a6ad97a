# Rule collection groups of a firewall policy: dynamic blocks inside dynamic blocks, with named iterators.
resource "azurerm_firewall_policy" "hub" {
  name                = "afwp-hub"
  location            = var.location
  resource_group_name = "rg-hub"
}

resource "azurerm_ip_group" "spokes" {
  for_each            = var.ip_groups
  name                = "ipg-${each.key}"
  location            = var.location
  resource_group_name = "rg-hub"
  cidrs               = each.value
}

resource "azurerm_firewall_policy_rule_collection_group" "this" {
  for_each           = { for idx, g in var.groups : g.name => merge(g, { index = idx }) }
  name               = each.key
  firewall_policy_id = azurerm_firewall_policy.hub.id
  priority           = 100 * (each.value.index + 1)

  dynamic "network_rule_collection" {
    for_each = [for c in each.value.collections : c if c.kind == "network"]
    iterator = coll
    content {
      name     = coll.value.name
      action   = title(coll.value.action)
      priority = 200 + coll.key * 10

      dynamic "rule" {
        for_each = { for r in coll.value.rules : r.name => r }
        iterator = rule
        content {
          name                  = "${coll.value.name}.${rule.key}"
          protocols             = try([for p in rule.value.protocols : upper(p)], ["TCP"])
          source_addresses      = rule.value.source_groups == null ? coalesce(rule.value.sources, ["*"]) : null
          source_ip_groups      = rule.value.source_groups == null ? null : [for g in rule.value.source_groups : azurerm_ip_group.spokes[g].id]
          destination_addresses = rule.value.destinations
          destination_fqdns     = rule.value.fqdns
          destination_ports     = rule.value.ports
        }
      }
    }
  }

  dynamic "application_rule_collection" {
    for_each = [for c in each.value.collections : c if c.kind == "application"]
    content {
      name     = application_rule_collection.value.name
      action   = title(application_rule_collection.value.action)
      priority = 500 + application_rule_collection.key

      dynamic "rule" {
        for_each = application_rule_collection.value.rules
        iterator = r
        content {
          name              = r.value.name
          source_addresses  = r.value.sources
          destination_fqdns = r.value.fqdns

          dynamic "protocols" {
            for_each = toset(r.value.protocols)
            content {
              type = title(split(":", protocols.key)[0])
              port = split(":", protocols.value)[1]
            }
          }
        }
      }
    }
  }
}
