# The group's priority counts before the collection's: the deny runs first although its collection has the higher number.
resource "azurerm_firewall_policy" "edge" {
  name                = "afwp-edge"
  resource_group_name = "rg-edge"
  location            = "spaincentral"
}

resource "azurerm_firewall_policy_rule_collection_group" "guard" {
  name               = "rcg-guard"
  firewall_policy_id = azurerm_firewall_policy.edge.id
  priority           = 100

  network_rule_collection {
    name     = "nrc-guard"
    priority = 9000
    action   = "Deny"

    rule {
      name                  = "no-new-ranges"
      protocols             = ["TCP"]
      source_addresses      = ["*"]
      destination_addresses = ["20.0.0.0/8", "40.80.0.0/12"]
      destination_ports     = ["1024-65535"]
    }
  }
}

resource "azurerm_firewall_policy_rule_collection_group" "windows" {
  name               = "rcg-windows"
  firewall_policy_id = azurerm_firewall_policy.edge.id
  priority           = 200

  network_rule_collection {
    name     = "nrc-windows"
    priority = 100
    action   = "Allow"

    rule {
      name                  = "activation"
      protocols             = ["TCP"]
      source_addresses      = ["10.4.0.0/16"]
      destination_addresses = ["20.118.99.224", "23.102.135.246", "40.83.235.53"] # expect: error azure-kms/firewall missing=20.118.99.224,40.83.235.53 legacy="23.102.135.246"
      destination_ports     = ["1688"]
    }
  }
}
