# The cloud decides between lists; in the government arm its own two addresses are complete, and the other arms are not taken.
variable "cloud" {
  type    = string
  default = "AzureUSGovernment"
}

locals {
  kms = var.cloud == "AzureUSGovernment" ? ["23.97.0.13", "52.126.105.2"] : (
    var.cloud == "AzureChinaCloud" ? ["42.159.7.249"] : ["23.102.135.246"]
  )
}

resource "azurerm_firewall_policy" "gov" {
  name                = "afwp-gov"
  resource_group_name = "rg-gov"
  location            = "usgovvirginia"
}

resource "azurerm_firewall_policy_rule_collection_group" "gov" {
  name               = "rcg-gov"
  firewall_policy_id = azurerm_firewall_policy.gov.id
  priority           = 300

  network_rule_collection {
    name     = "nrc-gov"
    priority = 310
    action   = "Allow"

    rule {
      name                  = "activation"
      protocols             = ["TCP"]
      source_addresses      = ["10.70.0.0/16"]
      destination_addresses = local.kms
      destination_ports     = ["1688"]
    }
  }
}
