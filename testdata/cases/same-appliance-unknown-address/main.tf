# Both hops are the same address that nobody knows yet: equal, as they have one origin.
data "azurerm_key_vault_secret" "firewall_ip" {
  name         = "hub-firewall-ip"
  key_vault_id = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-hub/providers/Microsoft.KeyVault/vaults/kv-hub"
}

resource "azurerm_route_table" "mes" {
  name                = "rt-mes"
  location            = "norwayeast"
  resource_group_name = "rg-mes"

  route {
    name                   = "default"
    address_prefix         = "0.0.0.0/0"
    next_hop_type          = "VirtualAppliance"
    next_hop_in_ip_address = data.azurerm_key_vault_secret.firewall_ip.value
  }

  route {
    name                   = "kms"
    address_prefix         = "23.102.135.246/32" # expect: note azure-kms/route-table
    next_hop_type          = "VirtualAppliance"
    next_hop_in_ip_address = data.azurerm_key_vault_secret.firewall_ip.value
  }
}
