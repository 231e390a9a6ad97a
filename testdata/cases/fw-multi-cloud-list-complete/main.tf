# Old and new addresses of three clouds, set together by concat: nothing is pinned in any of them.
locals {
  kms = {
    public = ["23.102.135.246", "20.118.99.224", "40.83.235.53"]
    gov    = ["23.97.0.13", "52.126.105.2"]
    china  = ["42.159.7.249", "159.27.28.100", "163.228.64.161"]
  }
  kms_all = concat(local.kms.public, local.kms.gov, local.kms.china)
}

resource "azurerm_firewall_policy" "this" {
  name                = "afwp-golden"
  resource_group_name = "rg-golden"
  location            = "centralus"
}

resource "azurerm_firewall_policy_rule_collection_group" "this" {
  name               = "rcg-golden"
  firewall_policy_id = azurerm_firewall_policy.this.id
  priority           = 700

  network_rule_collection {
    name     = "nrc-golden"
    priority = 710
    action   = "Allow"

    rule {
      name                  = "kms"
      protocols             = ["TCP"]
      source_addresses      = ["172.21.0.0/22"]
      destination_addresses = local.kms_all
      destination_ports     = [1688]
    }
  }
}
