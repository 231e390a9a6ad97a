# Sibling rules by address; the one for the second successor is for another source.
locals {
  kms_rules = {
    kms     = { source = "10.77.0.0/22", to = "23.102.135.246" } # expect: error azure-kms/firewall missing=40.83.235.53 legacy="23.102.135.246"
    azkms01 = { source = "10.77.0.0/22", to = "20.118.99.224" }
    azkms02 = { source = "10.88.0.0/22", to = "40.83.235.53" }
  }
}

resource "azurerm_firewall_policy" "vdi" {
  name                = "afwp-vdi"
  resource_group_name = "rg-vdi"
  location            = "southindia"
}

resource "azurerm_firewall_policy_rule_collection_group" "vdi" {
  name               = "rcg-vdi"
  firewall_policy_id = azurerm_firewall_policy.vdi.id
  priority           = 600

  network_rule_collection {
    name     = "nrc-vdi-activation"
    priority = 610
    action   = "Allow"

    dynamic "rule" {
      for_each = local.kms_rules
      content {
        name                  = rule.key
        protocols             = ["TCP"]
        source_addresses      = [rule.value.source]
        destination_addresses = [rule.value.to]
        destination_ports     = ["1688"]
      }
    }
  }
}
