# The legacy host in a long list of names that an application rule allows on HTTP and HTTPS.
resource "azurerm_firewall_policy" "desk" {
  name                = "afwp-desk"
  resource_group_name = "rg-desk"
  location            = "brazilsouth"
}

resource "azurerm_firewall_policy_rule_collection_group" "desk" {
  name               = "rcg-desk"
  firewall_policy_id = azurerm_firewall_policy.desk.id
  priority           = 1000

  application_rule_collection {
    name     = "arc-desk"
    priority = 1010
    action   = "Allow"

    rule {
      name              = "required"
      source_addresses  = ["10.90.0.0/20"]
      destination_fqdns = var.required_fqdns

      protocols {
        type = "Http"
        port = 80
      }
      protocols {
        type = "Https"
        port = 443
      }
    }
  }
}
