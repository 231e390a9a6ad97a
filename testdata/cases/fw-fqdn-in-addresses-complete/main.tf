# Both hosts in attributes for addresses, one with a tab inside the quotes.
variable "firewall_policy_id" {
  type = string
}

resource "azurerm_firewall_policy_rule_collection_group" "avd" {
  name               = "rcg-avd-baseline"
  firewall_policy_id = var.firewall_policy_id
  priority           = 1000

  network_rule_collection {
    name     = "AVDNetworkRules"
    priority = 100
    action   = "Allow"

    rule {
      name                  = "Windows activation"
      protocols             = ["TCP"]
      source_addresses      = ["10.50.0.0/24"]
      destination_addresses = ["kms.core.windows.net"]
      destination_ports     = ["1688"]
    }

    rule {
      name                  = "Windows activation (new)"
      protocols             = ["TCP"]
      source_addresses      = ["10.50.0.0/24"]
      destination_addresses = ["azkms.core.windows.net\t"]
      destination_ports     = ["1688"]
    }
  }
}
