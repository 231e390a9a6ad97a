# A policy's network rules by address, written inline: the activation rule lists the legacy address alone.
resource "azurerm_firewall_policy" "hub" {
  name                = "afwp-hub-weu"
  resource_group_name = "rg-hub-weu"
  location            = "westeurope"
  sku                 = "Standard"
}

resource "azurerm_firewall_policy_rule_collection_group" "platform" {
  name               = "rcg-platform"
  firewall_policy_id = azurerm_firewall_policy.hub.id
  priority           = 200

  network_rule_collection {
    name     = "nrc-platform-allow"
    priority = 210
    action   = "Allow"

    rule {
      name                  = "domain-controllers"
      protocols             = ["TCP", "UDP"]
      source_addresses      = ["10.20.0.0/16"]
      destination_addresses = ["10.20.1.4", "10.20.1.5"]
      destination_ports     = ["53", "88", "389", "445"]
    }

    rule {
      name                  = "windows-activation"
      protocols             = ["TCP"]
      source_addresses      = ["10.20.0.0/16"]
      destination_addresses = ["23.102.135.246"] # expect: error azure-kms/firewall missing=20.118.99.224,40.83.235.53 legacy="23.102.135.246"
      destination_ports     = ["1688"]
    }
  }
}
