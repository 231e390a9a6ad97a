# An application rule for *.core.windows.net holds kms.core.windows.net and azkms.core.windows.net alike.
resource "azurerm_firewall_policy" "apps" {
  name                = "afwp-apps"
  resource_group_name = "rg-apps"
  location            = "koreacentral"
}

resource "azurerm_firewall_policy_rule_collection_group" "apps" {
  name               = "rcg-apps"
  firewall_policy_id = azurerm_firewall_policy.apps.id
  priority           = 500

  application_rule_collection {
    name     = "arc-apps"
    priority = 510
    action   = "Allow"

    rule {
      name              = "storage"
      source_addresses  = ["*"]
      destination_fqdns = ["*.core.windows.net"]

      protocols {
        type = "Https"
        port = 443
      }
    }
  }
}
