# A host in upper case and with a trailing dot is the same host.
resource "azurerm_firewall_policy" "lab" {
  name                = "afwp-lab"
  resource_group_name = "rg-lab"
  location            = "eastus2"

  dns {
    proxy_enabled = true
  }
}

resource "azurerm_firewall_policy_rule_collection_group" "lab" {
  name               = "rcg-lab"
  firewall_policy_id = azurerm_firewall_policy.lab.id
  priority           = 400

  network_rule_collection {
    name     = "nrc-lab"
    priority = 410
    action   = "Allow"

    rule {
      name              = "license-server"
      protocols         = ["TCP"]
      source_addresses  = ["*"]
      destination_fqdns = ["KMS.Core.Windows.Net."] # expect: error azure-kms/firewall missing=azkms.core.windows.net legacy="KMS.Core.Windows.Net."
      destination_ports = ["1688"]
    }
  }
}
