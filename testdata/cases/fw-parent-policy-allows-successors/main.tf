# The parent policy, whose rules run first, allows the successors; the child's legacy rule is not alone.
resource "azurerm_firewall_policy" "base" {
  name                = "afwp-base"
  resource_group_name = "rg-firewall"
  location            = "westeurope"
}

resource "azurerm_firewall_policy_rule_collection_group" "base" {
  name               = "rcg-base"
  firewall_policy_id = azurerm_firewall_policy.base.id
  priority           = 100

  network_rule_collection {
    name     = "nrc-company"
    priority = 110
    action   = "Allow"

    rule {
      name                  = "windows-activation-2022"
      protocols             = ["TCP"]
      source_addresses      = ["10.0.0.0/8"]
      destination_addresses = ["20.118.99.224", "40.83.235.53"]
      destination_ports     = ["1688"]
    }
  }
}
