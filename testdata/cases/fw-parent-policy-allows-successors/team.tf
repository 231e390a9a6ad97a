resource "azurerm_firewall_policy" "team" {
  name                = "afwp-team"
  resource_group_name = "rg-firewall"
  location            = "westeurope"
  base_policy_id      = azurerm_firewall_policy.base.id
}

resource "azurerm_firewall_policy_rule_collection_group" "team" {
  name               = "rcg-team"
  firewall_policy_id = azurerm_firewall_policy.team.id
  priority           = 500

  network_rule_collection {
    name     = "nrc-team"
    priority = 510
    action   = "Allow"

    rule {
      name                  = "windows-activation"
      protocols             = ["TCP"]
      source_addresses      = ["10.48.0.0/16"]
      destination_addresses = ["23.102.135.246"]
      destination_ports     = ["1688"]
    }
  }
}
