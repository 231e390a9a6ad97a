# Admin rules of a network manager by for_each: all three addresses are always allowed, the Internet denied.
variable "admin_rule_collection_id" {
  type = string
}

locals {
  kms = {
    "kms"     = { priority = 100, to = "23.102.135.246" }
    "azkms01" = { priority = 101, to = "20.118.99.224" }
    "azkms02" = { priority = 102, to = "40.83.235.53" }
  }
}

resource "azurerm_network_manager_admin_rule" "kms" {
  for_each = local.kms

  name                     = each.key
  admin_rule_collection_id = var.admin_rule_collection_id
  action                   = "AlwaysAllow"
  direction                = "Outbound"
  priority                 = each.value.priority
  protocol                 = "Tcp"
  destination_port_ranges  = ["1688"]

  destination {
    address_prefix_type = "IPPrefix"
    address_prefix      = each.value.to
  }
}

resource "azurerm_network_manager_admin_rule" "internet" {
  name                     = "deny-internet"
  admin_rule_collection_id = var.admin_rule_collection_id
  action                   = "Deny"
  direction                = "Outbound"
  priority                 = 500
  protocol                 = "Any"

  destination {
    address_prefix_type = "ServiceTag"
    address_prefix      = "Internet"
  }
}
