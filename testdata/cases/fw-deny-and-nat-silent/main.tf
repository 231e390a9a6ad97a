# A deny for the legacy host and a translation of inbound traffic to an address that looks like it: neither is a pin.
resource "azurerm_firewall_policy" "in" {
  name                = "afwp-ingress"
  resource_group_name = "rg-ingress"
  location            = "westeurope"

  dns {
    proxy_enabled = true
  }
}

resource "azurerm_firewall_policy_rule_collection_group" "in" {
  name               = "rcg-ingress"
  firewall_policy_id = azurerm_firewall_policy.in.id
  priority           = 300

  network_rule_collection {
    name     = "nrc-no-activation"
    priority = 310
    action   = "Deny"

    rule {
      name              = "kms"
      protocols         = ["TCP"]
      source_addresses  = ["*"]
      destination_fqdns = ["kms.core.windows.net"]
      destination_ports = ["1688"]
    }
  }

  nat_rule_collection {
    name     = "nat-ingress"
    priority = 120
    action   = "Dnat"

    rule {
      name                = "kms-host"
      protocols           = ["TCP"]
      source_addresses    = ["23.102.135.246"]
      destination_address = "20.50.1.1"
      destination_ports   = ["1688"]
      translated_address  = "10.9.0.4"
      translated_port     = 1688
    }
  }
}
