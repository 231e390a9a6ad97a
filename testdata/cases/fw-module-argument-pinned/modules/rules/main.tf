# Makes one rule collection group of what the caller lists.
variable "policy_id" {
  type = string
}

variable "rules" {
  type = list(object({
    name      = string
    protocols = list(string)
    ports     = list(string)
    from      = list(string)
    to        = list(string)
  }))
}

resource "azurerm_firewall_policy_rule_collection_group" "this" {
  name               = "rcg-rules"
  firewall_policy_id = var.policy_id
  priority           = 300

  network_rule_collection {
    name     = "nrc-rules"
    priority = 310
    action   = "Allow"

    dynamic "rule" {
      for_each = var.rules
      content {
        name                  = rule.value.name
        protocols             = rule.value.protocols
        source_addresses      = rule.value.from
        destination_addresses = rule.value.to
        destination_ports     = rule.value.ports
      }
    }
  }
}
