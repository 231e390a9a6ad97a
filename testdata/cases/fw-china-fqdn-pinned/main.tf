# Azure China has names of its own; the old one stands alone.
resource "azurerm_firewall_policy" "cn" {
  name                = "afwp-cne2"
  resource_group_name = "rg-cne2"
  location            = "chinaeast2"

  dns {
    proxy_enabled = true
  }
}

resource "azurerm_firewall_policy_rule_collection_group" "cn" {
  name               = "rcg-cne2"
  firewall_policy_id = azurerm_firewall_policy.cn.id
  priority           = 300

  network_rule_collection {
    name     = "nrc-cne2"
    priority = 310
    action   = "Allow"

    rule {
      name              = "kms"
      protocols         = ["TCP"]
      source_addresses  = ["10.70.0.0/16"]
      destination_fqdns = ["kms.core.chinacloudapi.cn"] # expect: error azure-kms/firewall cloud=AzureChinaCloud missing=azkms.core.chinacloudapi.cn
      destination_ports = ["1688"]
    }
  }
}
