# The legacy host is for one IP group of sources, the successor for another: the first has no successor.
resource "azurerm_ip_group" "servers" {
  name                = "ipg-servers"
  resource_group_name = "rg-firewall"
  location            = "japaneast"
  cidrs               = ["10.16.0.0/20"]
}

resource "azurerm_ip_group" "desktops" {
  name                = "ipg-desktops"
  resource_group_name = "rg-firewall"
  location            = "japaneast"
  cidrs               = ["10.32.0.0/20", "10.33.0.0/20"]
}

resource "azurerm_firewall_policy" "hub" {
  name                = "afwp-hub-jpe"
  resource_group_name = "rg-firewall"
  location            = "japaneast"

  dns {
    proxy_enabled = true
  }
}

resource "azurerm_firewall_policy_rule_collection_group" "windows" {
  name               = "rcg-windows"
  firewall_policy_id = azurerm_firewall_policy.hub.id
  priority           = 300

  network_rule_collection {
    name     = "nrc-activation"
    priority = 310
    action   = "Allow"

    rule {
      name              = "servers"
      protocols         = ["TCP"]
      source_ip_groups  = [azurerm_ip_group.servers.id]
      destination_fqdns = ["kms.core.windows.net"] # expect: error azure-kms/firewall missing=azkms.core.windows.net legacy="kms.core.windows.net"
      destination_ports = ["1688"]
    }

    rule {
      name              = "desktops"
      protocols         = ["TCP"]
      source_ip_groups  = [azurerm_ip_group.desktops.id]
      destination_fqdns = ["azkms.core.windows.net"]
      destination_ports = ["1688"]
    }
  }
}
