# Another rule's addresses come from a secret and may hold the successors: a note.
data "azurerm_key_vault_secret" "partners" {
  name         = "partner-addresses"
  key_vault_id = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-dyn/providers/Microsoft.KeyVault/vaults/kv-dyn"
}

resource "azurerm_firewall_policy" "dyn" {
  name                = "afwp-dyn"
  resource_group_name = "rg-dyn"
  location            = "southcentralus"
}

resource "azurerm_firewall_policy_rule_collection_group" "dyn" {
  name               = "rcg-dyn"
  firewall_policy_id = azurerm_firewall_policy.dyn.id
  priority           = 300

  network_rule_collection {
    name     = "nrc-dyn"
    priority = 310
    action   = "Allow"

    rule {
      name                  = "kms"
      protocols             = ["TCP"]
      source_addresses      = ["10.3.0.0/16"]
      destination_addresses = ["23.102.135.246"] # expect: note azure-kms/firewall legacy="23.102.135.246"
      destination_ports     = ["1688"]
    }

    rule {
      name                  = "partners"
      protocols             = ["TCP"]
      source_addresses      = ["10.3.0.0/16"]
      destination_addresses = [for a in split(",", data.azurerm_key_vault_secret.partners.value) : trimspace(a)]
      destination_ports     = ["*"]
    }
  }
}
