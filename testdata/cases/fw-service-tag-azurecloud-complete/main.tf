# The service tag AzureCloud on TCP/1688 holds all three addresses.
resource "azurerm_firewall_policy" "tag" {
  name                = "afwp-tag"
  resource_group_name = "rg-tag"
  location            = "israelcentral"
}

resource "azurerm_firewall_policy_rule_collection_group" "tag" {
  name               = "rcg-tag"
  firewall_policy_id = azurerm_firewall_policy.tag.id
  priority           = 300

  network_rule_collection {
    name     = "nrc-tag"
    priority = 310
    action   = "Allow"

    rule {
      name                  = "windows-activation"
      protocols             = ["TCP"]
      source_addresses      = ["10.3.0.0/16"]
      destination_addresses = ["23.102.135.246", "AzureCloud"]
      destination_ports     = ["1688"]
    }
  }
}
