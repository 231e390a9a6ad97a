# A short range of addresses holds the legacy one and neither successor.
resource "azurerm_firewall_policy" "r" {
  name                = "afwp-ranges"
  resource_group_name = "rg-ranges"
  location            = "southafricanorth"
}

resource "azurerm_firewall_policy_rule_collection_group" "r" {
  name               = "rcg-ranges"
  firewall_policy_id = azurerm_firewall_policy.r.id
  priority           = 300

  network_rule_collection {
    name     = "nrc-ranges"
    priority = 310
    action   = "Allow"

    rule {
      name                  = "texas-services"
      protocols             = ["TCP"]
      source_addresses      = ["10.3.0.0/16"]
      destination_addresses = ["23.102.135.240-23.102.135.250"] # expect: error azure-kms/firewall missing=20.118.99.224,40.83.235.53 legacy="23.102.135.240-23.102.135.250"
      destination_ports     = ["1688"]
    }
  }
}
