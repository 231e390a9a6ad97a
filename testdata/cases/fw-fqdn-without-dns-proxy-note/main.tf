# A network rule by name in a policy without DNS proxy: nothing is pinned, and the name is never resolved.
resource "azurerm_firewall_policy" "plain" {
  name                = "afwp-plain"
  resource_group_name = "rg-plain"
  location            = "eastus"
}

resource "azurerm_firewall_policy_rule_collection_group" "plain" {
  name               = "rcg-plain"
  firewall_policy_id = azurerm_firewall_policy.plain.id
  priority           = 300

  network_rule_collection {
    name     = "nrc-plain"
    priority = 310
    action   = "Allow"

    rule {
      name              = "activation"
      protocols         = ["TCP"]
      source_addresses  = ["10.7.0.0/16"]
      destination_fqdns = ["azkms.core.windows.net"] # expect: note azure-kms/ineffective missing= legacy="azkms.core.windows.net"
      destination_ports = ["1688"]
    }
  }
}
