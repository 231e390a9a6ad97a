# A local rulestack's rule by address: the legacy one alone.
resource "azurerm_palo_alto_local_rulestack" "edge" {
  name                = "lrs-edge"
  resource_group_name = "rg-edge"
  location            = "westeurope"
}

resource "azurerm_palo_alto_local_rulestack_rule" "kms" {
  name         = "allow-kms"
  rulestack_id = azurerm_palo_alto_local_rulestack.edge.id
  priority     = 1001
  action       = "Allow"
  applications = ["any"]
  protocol     = "TCP:1688"

  source {
    cidrs = ["10.0.0.0/8"]
  }

  destination {
    cidrs = ["23.102.135.246/32"] # expect: error azure-kms/firewall missing=20.118.99.224,40.83.235.53 legacy="23.102.135.246/32"
  }
}
