# Rules named for activation that are open on 443 alone, from a map in locals.
locals {
  outbound = {
    AllowKms = {
      priority = 110
      port     = "443" # expect: warning azure-kms/ineffective missing= legacy="443"
      to       = ["23.102.135.246", "20.118.99.224", "40.83.235.53"]
    }
    AllowDns = {
      priority = 120
      port     = "53"
      to       = ["10.0.0.4", "10.0.0.5"]
    }
  }
}

resource "azurerm_network_security_group" "old" {
  name                = "nsg-old"
  location            = "japanwest"
  resource_group_name = "rg-old"

  dynamic "security_rule" {
    for_each = local.outbound
    content {
      name                         = security_rule.key
      priority                     = security_rule.value.priority
      direction                    = "Outbound"
      access                       = "Allow"
      protocol                     = "Tcp"
      source_port_range            = "*"
      source_address_prefix        = "*"
      destination_port_range       = security_rule.value.port
      destination_address_prefixes = security_rule.value.to
    }
  }
}
