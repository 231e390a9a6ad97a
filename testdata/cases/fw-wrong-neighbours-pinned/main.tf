# A list whose name speaks of virtual machines and whose length says nothing: the successors are not among them.
variable "microsoft_kvm_ips" {
  description = "Microsoft addresses for key vault and machines"
  type        = list(string)
  default = [
    "23.102.135.245",
    "23.102.135.246", # expect: error azure-kms/firewall missing=20.118.99.224,40.83.235.53 legacy="23.102.135.246"
    "40.90.220.85",
    "AzureKeyVault",
  ]
}

resource "azurerm_firewall_policy" "data" {
  name                = "afwp-data"
  resource_group_name = "rg-data"
  location            = "westeurope"
}

resource "azurerm_firewall_policy_rule_collection_group" "data" {
  name               = "rcg-data"
  firewall_policy_id = azurerm_firewall_policy.data.id
  priority           = 300

  network_rule_collection {
    name     = "nrc-data"
    priority = 310
    action   = "Allow"

    rule {
      name                  = "microsoft"
      protocols             = ["Any"]
      source_addresses      = ["10.70.0.0/16"]
      destination_addresses = var.microsoft_kvm_ips
      destination_ports     = ["*"]
    }
  }
}
