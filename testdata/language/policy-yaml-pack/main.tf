# A pack of rule files with shared lists: names in the rules are replaced by the lists they stand for.
locals {
  catalog = merge([for f in sort(fileset("${path.module}/catalog", "*.json")) : jsondecode(file("${path.module}/catalog/${f}"))]...)
  raw     = { for f in fileset("${path.root}/rules", "**") : trimsuffix(basename(f), ".yaml") => yamldecode(templatefile("${path.root}/rules/${f}", { env = terraform.workspace, catalog = local.catalog })) if endswith(f, ".yaml") }
  groups  = { for k, g in local.raw : k => g if try(g.disabled, false) != true }

  resolved = {
    for k, g in local.groups : k => {
      priority = g.priority
      collections = [
        for c in g.collections : {
          name     = c.name
          priority = try(c.priority, g.priority + index(g.collections[*].name, c.name))
          action   = try(c.action, "Allow")
          rules = [
            for r in try(c.rules, []) : {
              name  = r.name
              from  = distinct(flatten([for s in flatten([try(r.from, "*")]) : try(local.catalog[trimprefix(s, "@")], s)]))
              to    = flatten([for s in flatten([r.to]) : startswith(s, "@") ? local.catalog[trimprefix(s, "@")] : [s]])
              ports = [for p in flatten([try(r.ports, 443)]) : tostring(p)]
              proto = [for p in split("/", try(r.proto, "tcp")) : upper(p)]
            }
          ]
        }
      ]
    }
  }
}

resource "azurerm_firewall_policy_rule_collection_group" "pack" {
  for_each           = local.resolved
  name               = "rcg-${each.key}"
  firewall_policy_id = var.policy_id
  priority           = each.value.priority

  dynamic "network_rule_collection" {
    for_each = { for c in each.value.collections : c.name => c if length(c.rules) > 0 }
    iterator = c
    content {
      name     = c.key
      priority = c.value.priority
      action   = c.value.action
      dynamic "rule" {
        for_each = c.value.rules
        iterator = r
        content {
          name                  = "${c.value.name}-${r.value.name}"
          protocols             = r.value.proto
          source_addresses      = r.value.from
          destination_addresses = length([for t in r.value.to : t if can(regex("[g-z]", t))]) == 0 ? r.value.to : null
          destination_fqdns     = length([for t in r.value.to : t if can(regex("[g-z]", t))]) == 0 ? null : r.value.to
          destination_ports     = r.value.ports
        }
      }
    }
  }
}

variable "policy_id" {
  type    = string
  default = "/subscriptions/x/firewallPolicies/p"
}
