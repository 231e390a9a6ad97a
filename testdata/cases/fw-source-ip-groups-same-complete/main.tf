# Both hosts for the same IP groups of sources, in two rules of two collections.
resource "azurerm_ip_group" "spoke" {
  for_each = {
    app = ["10.40.0.0/22"]
    db  = ["10.40.4.0/22"]
  }

  name                = "ipg-${each.key}"
  resource_group_name = "rg-firewall"
  location            = "swedencentral"
  cidrs               = each.value
}

resource "azurerm_firewall_policy" "hub" {
  name                = "afwp-hub-swc"
  resource_group_name = "rg-firewall"
  location            = "swedencentral"

  dns {
    proxy_enabled = true
  }
}

resource "azurerm_firewall_policy_rule_collection_group" "windows" {
  name               = "rcg-windows"
  firewall_policy_id = azurerm_firewall_policy.hub.id
  priority           = 300

  network_rule_collection {
    name     = "nrc-kms"
    priority = 310
    action   = "Allow"

    rule {
      name              = "kms"
      protocols         = ["TCP"]
      source_ip_groups  = [azurerm_ip_group.spoke["app"].id, azurerm_ip_group.spoke["db"].id]
      destination_fqdns = ["kms.core.windows.net"]
      destination_ports = ["1688"]
    }
  }

  network_rule_collection {
    name     = "nrc-azkms"
    priority = 320
    action   = "Allow"

    rule {
      name              = "azkms"
      protocols         = ["TCP"]
      source_ip_groups  = [azurerm_ip_group.spoke["app"].id, azurerm_ip_group.spoke["db"].id]
      destination_fqdns = ["azkms.core.windows.net"]
      destination_ports = ["1688"]
    }
  }
}
