# Host names in an attribute for addresses, one with a stray tab: a host is taken as the host, wherever it stands.
resource "azurerm_firewall_policy" "avd" {
  name                = "afwp-avd-baseline"
  resource_group_name = "rg-avd-baseline"
  location            = "westus2"

  dns {
    proxy_enabled = true
  }
}

resource "azurerm_firewall_policy_rule_collection_group" "avd" {
  name               = "rcg-avd-baseline"
  firewall_policy_id = azurerm_firewall_policy.avd.id
  priority           = 1000

  network_rule_collection {
    name     = "AVDNetworkRules"
    priority = 100
    action   = "Allow"

    rule {
      name                  = "Authentication"
      protocols             = ["TCP"]
      source_addresses      = ["10.50.0.0/24"]
      destination_addresses = ["login.microsoftonline.com\t"]
      destination_ports     = ["443"]
    }

    rule {
      name                  = "Windows activation"
      protocols             = ["TCP"]
      source_addresses      = ["10.50.0.0/24"]
      destination_addresses = ["kms.core.windows.net"] # expect: error azure-kms/firewall missing=azkms.core.windows.net legacy="kms.core.windows.net"
      destination_ports     = ["1688"]
    }
  }
}
