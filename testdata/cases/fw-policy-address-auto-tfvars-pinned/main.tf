# Collections and rules of a policy from an auto-loaded variable file that knows the first successor only.
variable "policy_id" {
  description = "Firewall policy of the connectivity subscription"
  type        = string
}

variable "collections" {
  type = list(object({
    name     = string
    priority = number
    rules = list(object({
      name      = string
      to        = list(string)
      ports     = list(string)
      protocols = optional(list(string), ["TCP"])
    }))
  }))
}

resource "azurerm_firewall_policy_rule_collection_group" "avd" {
  name               = "rcg-avd"
  firewall_policy_id = var.policy_id
  priority           = 1200

  dynamic "network_rule_collection" {
    for_each = var.collections
    iterator = c
    content {
      name     = c.value.name
      priority = c.value.priority
      action   = "Allow"

      dynamic "rule" {
        for_each = { for r in c.value.rules : r.name => r }
        content {
          name                  = rule.key
          protocols             = rule.value.protocols
          source_addresses      = ["10.61.0.0/20", "10.61.16.0/20"]
          destination_addresses = rule.value.to
          destination_ports     = rule.value.ports
        }
      }
    }
  }
}
