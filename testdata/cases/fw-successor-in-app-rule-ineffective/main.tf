# The successor was added as an application rule beside the network rule for the legacy host: it is named, and never works.
resource "azurerm_firewall_policy" "vdi" {
  name                = "afwp-vdi"
  resource_group_name = "rg-vdi"
  location            = "westeurope"

  dns {
    proxy_enabled = true
  }
}

resource "azurerm_firewall_policy_rule_collection_group" "net" {
  name               = "rcg-net"
  firewall_policy_id = azurerm_firewall_policy.vdi.id
  priority           = 200

  network_rule_collection {
    name     = "nrc-vdi"
    priority = 210
    action   = "Allow"

    rule {
      name              = "kms"
      protocols         = ["TCP"]
      source_addresses  = ["10.60.0.0/20"]
      destination_fqdns = ["kms.core.windows.net"]
      destination_ports = ["1688"]
    }
  }
}

resource "azurerm_firewall_policy_rule_collection_group" "app" {
  name               = "rcg-app"
  firewall_policy_id = azurerm_firewall_policy.vdi.id
  priority           = 300

  application_rule_collection {
    name     = "arc-vdi"
    priority = 310
    action   = "Allow"

    rule {
      name              = "azkms"
      source_addresses  = ["10.60.0.0/20"]
      destination_fqdns = ["azkms.core.windows.net"] # expect-near: warning azure-kms/ineffective missing=

      protocols {
        type = "Http"
        port = 1688
      }
    }
  }
}
