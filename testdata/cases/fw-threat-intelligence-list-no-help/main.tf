# A threat intelligence allow-list skips a filter and allows nothing by itself: the rule still lacks the successors.
resource "azurerm_firewall_policy" "sec" {
  name                     = "afwp-sec"
  resource_group_name      = "rg-sec"
  location                 = "australiasoutheast"
  threat_intelligence_mode = "Deny"

  threat_intelligence_allowlist {
    ip_addresses = ["23.102.135.246", "20.118.99.224", "40.83.235.53"]
    fqdns        = ["kms.core.windows.net", "azkms.core.windows.net"]
  }
}

resource "azurerm_firewall_policy_rule_collection_group" "sec" {
  name               = "rcg-sec"
  firewall_policy_id = azurerm_firewall_policy.sec.id
  priority           = 250

  network_rule_collection {
    name     = "nrc-sec"
    priority = 260
    action   = "Allow"

    rule {
      name                  = "kms"
      protocols             = ["TCP"]
      source_addresses      = ["10.99.0.0/16"]
      destination_addresses = ["23.102.135.246"] # expect: error azure-kms/firewall missing=20.118.99.224,40.83.235.53 legacy="23.102.135.246"
      destination_ports     = ["1688"]
    }
  }
}
