# The right port and all addresses, but for UDP alone.
resource "azurerm_firewall_policy" "udp" {
  name                = "afwp-udp"
  resource_group_name = "rg-udp"
  location            = "westcentralus"
}

resource "azurerm_firewall_policy_rule_collection_group" "udp" {
  name               = "rcg-udp"
  firewall_policy_id = azurerm_firewall_policy.udp.id
  priority           = 300

  network_rule_collection {
    name     = "nrc-udp"
    priority = 310
    action   = "Allow"

    rule {
      name                  = "kms"
      protocols             = ["UDP"] # expect: warning azure-kms/ineffective missing= legacy="UDP"
      source_addresses      = ["10.0.0.0/8"]
      destination_addresses = ["23.102.135.246", "20.118.99.224", "40.83.235.53"]
      destination_ports     = ["1688"]
    }
  }
}
