resource "azurerm_firewall_policy_rule_collection_group" "prod" {
  name               = "rcg-windows"
  firewall_policy_id = azurerm_firewall_policy.this["prod"].id
  priority           = 200

  network_rule_collection {
    name     = "nrc-windows"
    priority = 210
    action   = "Allow"

    rule {
      name                  = "kms"
      protocols             = ["TCP"]
      source_addresses      = ["10.0.0.0/8"]
      destination_addresses = ["23.102.135.246"] # expect: error azure-kms/firewall missing=20.118.99.224,40.83.235.53 legacy="23.102.135.246"
      destination_ports     = ["1688"]
    }
  }
}
