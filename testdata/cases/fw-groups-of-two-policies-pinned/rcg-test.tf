resource "azurerm_firewall_policy_rule_collection_group" "test" {
  name               = "rcg-windows"
  firewall_policy_id = azurerm_firewall_policy.this["test"].id
  priority           = 200

  network_rule_collection {
    name     = "nrc-windows"
    priority = 210
    action   = "Allow"

    rule {
      name                  = "kms"
      protocols             = ["TCP"]
      source_addresses      = ["10.0.0.0/8"]
      destination_addresses = ["23.102.135.246", "20.118.99.224", "40.83.235.53"]
      destination_ports     = ["1688"]
    }
  }
}
