# Lists for Red Hat updates and for Windows activation, old and new addresses in both.
locals {
  rhui = [
    "13.91.47.76", "40.85.190.91", "52.187.75.218", "52.174.163.213", "52.237.203.198",
    "52.136.197.163", "20.225.226.182", "52.142.4.99", "20.248.180.252", "20.24.186.80",
  ]
  kms = ["23.102.135.246", "20.118.99.224", "40.83.235.53"]
}

resource "azurerm_firewall_policy" "os" {
  name                = "afwp-os"
  resource_group_name = "rg-os"
  location            = "westeurope"
}

resource "azurerm_firewall_policy_rule_collection_group" "os" {
  name               = "rcg-os"
  firewall_policy_id = azurerm_firewall_policy.os.id
  priority           = 300

  network_rule_collection {
    name     = "nrc-os"
    priority = 310
    action   = "Allow"

    dynamic "rule" {
      for_each = {
        rhui = { to = local.rhui, port = 443 }
        kms  = { to = local.kms, port = 1688 }
      }
      content {
        name                  = rule.key
        protocols             = ["TCP"]
        source_addresses      = ["10.0.0.0/8"]
        destination_addresses = rule.value.to
        destination_ports     = [rule.value.port]
      }
    }
  }
}
