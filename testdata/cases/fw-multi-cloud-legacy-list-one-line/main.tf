# The old documentation's four addresses in one line of a variable's default.
variable "kms_ips" {
  type    = list(string)
  default = ["23.102.135.246", "51.4.143.248", "23.97.0.13", "42.159.7.249"] # expect: error azure-kms/firewall cloud=AzureCloud missing=20.118.99.224,40.83.235.53 # expect: error azure-kms/firewall cloud=AzureUSGovernment missing=52.126.105.2 # expect: error azure-kms/firewall cloud=AzureChinaCloud missing=159.27.28.100,163.228.64.161
}

resource "azurerm_firewall_policy" "this" {
  name                = "afwp-imaging"
  resource_group_name = "rg-imaging"
  location            = "centralus"
}

resource "azurerm_firewall_policy_rule_collection_group" "this" {
  name               = "rcg-imaging"
  firewall_policy_id = azurerm_firewall_policy.this.id
  priority           = 700

  network_rule_collection {
    name     = "nrc-imaging"
    priority = 710
    action   = "Allow"

    rule {
      name                  = "kms"
      protocols             = ["TCP"]
      source_addresses      = ["172.20.0.0/22"]
      destination_addresses = var.kms_ips
      destination_ports     = ["1688"]
    }
  }
}
