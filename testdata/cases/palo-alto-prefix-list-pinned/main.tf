# A rulestack's rule allows a prefix list that holds the legacy address and one successor.
variable "rulestack_id" {
  type = string
}

resource "azurerm_palo_alto_local_rulestack_prefix_list" "kms" {
  name         = "pl-kms"
  rulestack_id = var.rulestack_id
  prefix_list  = ["23.102.135.246/32", "20.118.99.224/32"] # expect: error azure-kms/firewall missing=40.83.235.53 legacy="23.102.135.246/32"
}

resource "azurerm_palo_alto_local_rulestack_rule" "kms" {
  name           = "allow-kms"
  rulestack_id   = var.rulestack_id
  priority       = 1001
  action         = "Allow"
  applications   = ["any"]
  protocol_ports = ["TCP:1688"]

  source {
    cidrs = ["any"]
  }

  destination {
    local_rulestack_prefix_list_ids = [azurerm_palo_alto_local_rulestack_prefix_list.kms.id]
  }
}
