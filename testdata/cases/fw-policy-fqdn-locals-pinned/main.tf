# Rules by name from a local list with empty twin lists, as portal exports have them: the legacy host alone.
locals {
  network_rules = [
    {
      name                  = "azure-ntp"
      protocols             = ["UDP"]
      source_addresses      = ["10.10.0.0/16"]
      source_ip_groups      = []
      destination_addresses = []
      destination_ip_groups = []
      destination_fqdns     = ["time.windows.com"]
      destination_ports     = ["123"]
    },
    {
      name                  = "azure-kms"
      protocols             = ["TCP"]
      source_addresses      = ["10.10.0.0/16"]
      source_ip_groups      = []
      destination_addresses = []
      destination_ip_groups = []
      destination_fqdns     = ["kms.core.windows.net"] # expect: error azure-kms/firewall missing=azkms.core.windows.net legacy="kms.core.windows.net"
      destination_ports     = ["1688"]
    },
  ]
}

resource "azurerm_firewall_policy" "spoke" {
  name                = "afwp-spoke-neu"
  resource_group_name = "rg-spoke-neu"
  location            = "northeurope"

  dns {
    proxy_enabled = true
  }
}

resource "azurerm_firewall_policy_rule_collection_group" "net" {
  name               = "DefaultNetworkRuleCollectionGroup"
  firewall_policy_id = azurerm_firewall_policy.spoke.id
  priority           = 200

  network_rule_collection {
    name     = "AllowAzure"
    priority = 1000
    action   = "Allow"

    dynamic "rule" {
      for_each = local.network_rules
      content {
        name                  = rule.value.name
        protocols             = rule.value.protocols
        source_addresses      = rule.value.source_addresses
        source_ip_groups      = rule.value.source_ip_groups
        destination_addresses = rule.value.destination_addresses
        destination_ip_groups = rule.value.destination_ip_groups
        destination_fqdns     = rule.value.destination_fqdns
        destination_ports     = rule.value.destination_ports
      }
    }
  }
}
