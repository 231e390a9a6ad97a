# Admin rules of a network manager: the legacy address is always allowed, the Internet denied.
variable "admin_rule_collection_id" {
  type = string
}

resource "azurerm_network_manager_admin_rule" "kms" {
  name                     = "always-allow-kms"
  admin_rule_collection_id = var.admin_rule_collection_id
  action                   = "AlwaysAllow"
  direction                = "Outbound"
  priority                 = 100
  protocol                 = "Tcp"
  source_port_ranges       = ["0-65535"]
  destination_port_ranges  = ["1688"]

  source {
    address_prefix_type = "IPPrefix"
    address_prefix      = "*"
  }

  destination {
    address_prefix_type = "IPPrefix"
    address_prefix      = "23.102.135.246" # expect: warning azure-kms/security-group missing=20.118.99.224,40.83.235.53 legacy="23.102.135.246"
  }
}

resource "azurerm_network_manager_admin_rule" "internet" {
  name                     = "deny-internet"
  admin_rule_collection_id = var.admin_rule_collection_id
  action                   = "Deny"
  direction                = "Outbound"
  priority                 = 500
  protocol                 = "Any"

  source {
    address_prefix_type = "IPPrefix"
    address_prefix      = "*"
  }

  destination {
    address_prefix_type = "ServiceTag"
    address_prefix      = "Internet"
  }
}
