# Route filters, NAT and inbound rules may name the address; none of them routes to it.
resource "azurerm_network_watcher_flow_log" "this" {
  name                 = "kms-23.102.135.246"
  network_watcher_name = "nw"
  resource_group_name  = "rg-nw"
  target_resource_id   = "/subscriptions/x/kms.core.windows.net"
  storage_account_id   = "/subscriptions/x/23.102.135.246"
  enabled              = true

  retention_policy {
    enabled = true
    days    = 7
  }
}

resource "azurerm_public_ip_prefix" "this" {
  name                = "ippre"
  location            = "eastus"
  resource_group_name = "rg-nw"
  prefix_length       = 31
  tags                = { bypass = "23.102.135.246/32" }
}

locals {
  unused_routes = [
    { name = "kms", address_prefix = "23.102.135.246/32", next_hop_type = "Internet" },
  ]
}
