# Rules of a policy from a variable file, by address: the activation rule lists all three addresses.
variable "network_rules" {
  type = map(object({
    protocols             = list(string)
    source_addresses      = optional(list(string), ["*"])
    destination_addresses = list(string)
    destination_ports     = list(string)
  }))
  default = {}
}

data "azurerm_firewall_policy" "shared" {
  name                = "afwp-shared"
  resource_group_name = "rg-connectivity"
}

resource "azurerm_firewall_policy_rule_collection_group" "workload" {
  name               = "rcg-workload"
  firewall_policy_id = data.azurerm_firewall_policy.shared.id
  priority           = 500

  network_rule_collection {
    name     = "nrc-workload"
    priority = 510
    action   = "Allow"

    dynamic "rule" {
      for_each = var.network_rules
      content {
        name                  = rule.key
        protocols             = rule.value.protocols
        source_addresses      = rule.value.source_addresses
        destination_addresses = rule.value.destination_addresses
        destination_ports     = rule.value.destination_ports
      }
    }
  }
}
