# The parent policy denies a range that holds a successor; the child's rule for all three comes too late, whatever its priority.
resource "azurerm_firewall_policy" "base" {
  name                = "afwp-base"
  resource_group_name = "rg-firewall"
  location            = "italynorth"
}

resource "azurerm_firewall_policy" "team" {
  name                = "afwp-team"
  resource_group_name = "rg-firewall"
  location            = "italynorth"
  base_policy_id      = azurerm_firewall_policy.base.id
}

resource "azurerm_firewall_policy_rule_collection_group" "base" {
  name               = "rcg-base"
  firewall_policy_id = azurerm_firewall_policy.base.id
  priority           = 60000

  network_rule_collection {
    name     = "nrc-quarantine"
    priority = 60000
    action   = "Deny"

    rule {
      name                  = "quarantine"
      protocols             = ["TCP", "UDP"]
      source_addresses      = ["*"]
      destination_addresses = ["20.118.0.0/16"]
      destination_ports     = ["1-65535"]
    }
  }
}

resource "azurerm_firewall_policy_rule_collection_group" "team" {
  name               = "rcg-team"
  firewall_policy_id = azurerm_firewall_policy.team.id
  priority           = 100

  network_rule_collection {
    name     = "nrc-team"
    priority = 100
    action   = "Allow"

    rule {
      name             = "windows-activation"
      protocols        = ["TCP"]
      source_addresses = ["10.48.0.0/16"]
      destination_addresses = [
        "23.102.135.246", # expect: error azure-kms/firewall missing=20.118.99.224 legacy="23.102.135.246"
        "20.118.99.224",
        "40.83.235.53",
      ]
      destination_ports = ["1688"]
    }
  }
}
