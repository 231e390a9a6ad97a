# An application rule that names both hosts: nothing is pinned, but no such rule ever carries activation.
resource "azurerm_firewall_policy" "build" {
  name                = "afwp-build"
  resource_group_name = "rg-build"
  location            = "francecentral"
}

resource "azurerm_firewall_policy_rule_collection_group" "build" {
  name               = "rcg-build"
  firewall_policy_id = azurerm_firewall_policy.build.id
  priority           = 500

  application_rule_collection {
    name     = "arc-build"
    priority = 510
    action   = "Allow"

    rule {
      name              = "windows-kms"
      source_addresses  = ["10.14.0.0/24"]
      destination_fqdns = ["kms.core.windows.net", "azkms.core.windows.net"] # expect-near: warning azure-kms/ineffective missing=

      protocols {
        type = "Https"
        port = 1688
      }
    }
  }
}
