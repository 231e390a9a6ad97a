# Makes one rule collection group of what the caller lists.
variable "destinations" {
  type = list(string)
}

resource "azurerm_firewall_policy" "this" {
  name                = "afwp-this"
  resource_group_name = "rg-this"
  location            = "westeurope"
}

resource "azurerm_firewall_policy_rule_collection_group" "this" {
  name               = "rcg-this"
  firewall_policy_id = azurerm_firewall_policy.this.id
  priority           = 300

  network_rule_collection {
    name     = "nrc-this"
    priority = 310
    action   = "Allow"

    rule {
      name                  = "activation"
      protocols             = ["TCP"]
      source_addresses      = ["*"]
      destination_addresses = var.destinations
      destination_ports     = ["1688"]
    }
  }
}
