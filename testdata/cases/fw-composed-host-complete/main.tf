# Both names from one suffix, by a for expression.
variable "suffix" {
  type    = string
  default = "core.windows.net"
}

resource "azurerm_firewall_policy" "any" {
  name                = "afwp-any-cloud"
  resource_group_name = "rg-any-cloud"
  location            = "westeurope"

  dns {
    proxy_enabled = true
  }
}

resource "azurerm_firewall_policy_rule_collection_group" "any" {
  name               = "rcg-any-cloud"
  firewall_policy_id = azurerm_firewall_policy.any.id
  priority           = 300

  network_rule_collection {
    name     = "nrc-any-cloud"
    priority = 310
    action   = "Allow"

    rule {
      name              = "activation"
      protocols         = ["TCP"]
      source_addresses  = ["10.70.0.0/16"]
      destination_fqdns = [for h in ["kms", "azkms"] : "${h}.${var.suffix}"]
      destination_ports = ["1688"]
    }
  }
}
