resource "azurerm_firewall_policy_rule_collection_group" "infra" {
  name               = "rcg-infra"
  firewall_policy_id = azurerm_firewall_policy.hub.id
  priority           = 200

  network_rule_collection {
    name     = "nrc-infra"
    priority = 210
    action   = "Allow"

    rule {
      name                  = "kms"
      protocols             = ["TCP"]
      source_addresses      = ["10.0.0.0/8"]
      destination_addresses = ["23.102.135.246"]
      destination_ports     = ["1688"]
    }
  }
}
