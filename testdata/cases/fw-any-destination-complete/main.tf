# A rule for any destination on TCP/1688 serves the successors beside the legacy rule.
resource "azurerm_firewall_policy" "ops" {
  name                = "afwp-ops"
  resource_group_name = "rg-ops"
  location            = "ukwest"
}

resource "azurerm_firewall_policy_rule_collection_group" "ops" {
  name               = "rcg-ops"
  firewall_policy_id = azurerm_firewall_policy.ops.id
  priority           = 300

  network_rule_collection {
    name     = "nrc-kms"
    priority = 310
    action   = "Allow"

    rule {
      name                  = "kms"
      protocols             = ["TCP"]
      source_addresses      = ["10.12.0.0/16"]
      destination_addresses = ["23.102.135.246"]
      destination_ports     = ["1688"]
    }

    rule {
      name                  = "kms-any"
      protocols             = ["TCP"]
      source_addresses      = ["10.12.0.0/16"]
      destination_addresses = ["*"]
      destination_ports     = ["1688"]
    }
  }
}
