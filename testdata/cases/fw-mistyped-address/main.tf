# The address that Microsoft's page once showed by mistake, in a list that is complete otherwise.
resource "azurerm_firewall_policy" "hub" {
  name                = "afwp-hub-krc"
  resource_group_name = "rg-hub-krc"
  location            = "koreacentral"
}

resource "azurerm_firewall_policy_rule_collection_group" "kms" {
  name               = "rcg-kms"
  firewall_policy_id = azurerm_firewall_policy.hub.id
  priority           = 300

  network_rule_collection {
    name     = "nrc-kms"
    priority = 310
    action   = "Allow"

    rule {
      name             = "kms"
      protocols        = ["TCP"]
      source_addresses = ["10.0.0.0/8"]
      destination_addresses = [
        "23.102.135.246",
        "20.118.99.244", # expect: error azure-kms/mistyped-address missing=20.118.99.224 legacy="20.118.99.244"
        "40.83.235.53",
      ]
      destination_ports = ["1688"]
    }
  }
}
