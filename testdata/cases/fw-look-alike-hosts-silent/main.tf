# Names that hold the legacy host as a part, and the successor alone: none of them is the legacy host.
resource "azurerm_firewall_policy" "names" {
  name                = "afwp-kms.core.windows.net"
  resource_group_name = "rg-names"
  location            = "westeurope"

  dns {
    proxy_enabled = true
  }
}

resource "azurerm_firewall_policy_rule_collection_group" "names" {
  name               = "rcg-names"
  firewall_policy_id = azurerm_firewall_policy.names.id
  priority           = 300

  network_rule_collection {
    name     = "nrc-kms.core.windows.net"
    priority = 310
    action   = "Allow"

    rule {
      name              = "azkms"
      description       = "Replaces kms.core.windows.net (23.102.135.246)"
      protocols         = ["TCP"]
      source_addresses  = ["10.70.0.0/16"]
      destination_fqdns = ["azkms.core.windows.net"]
      destination_ports = ["1688"]
    }

    rule {
      name              = "own-kms"
      protocols         = ["TCP"]
      source_addresses  = ["10.70.0.0/16"]
      destination_fqdns = ["mykms.core.windows.net", "kms.core.windows.net.contoso.com", "kms.contoso.com"]
      destination_ports = ["1688"]
    }

    rule {
      name                  = "own-addresses"
      protocols             = ["TCP"]
      source_addresses      = ["23.102.135.246"]
      destination_addresses = ["123.102.135.246", "23.102.135.24"]
      destination_ports     = ["1688"]
    }
  }
}
