locals {
  outbound = {
    kms   = { priority = 1000, access = "Allow", protocol = "Tcp", port = "1688", to = "23.102.135.246" } # expect: note azure-kms/security-group legacy="23.102.135.246"
    vnet  = { priority = 2000, access = "Allow", protocol = "*", port = "*", to = "VirtualNetwork" }
    other = { priority = 4096, access = "Deny", protocol = "*", port = "*", to = "*" }
  }
}

resource "azurerm_network_security_group" "app" {
  name                = "nsg-app"
  location            = "westeurope"
  resource_group_name = "rg-net"

  dynamic "security_rule" {
    for_each = local.outbound
    content {
      name                       = "out-${security_rule.key}"
      priority                   = security_rule.value.priority
      direction                  = "Outbound"
      access                     = security_rule.value.access
      protocol                   = security_rule.value.protocol
      source_port_range          = "*"
      source_address_prefix      = "*"
      destination_port_range     = security_rule.value.port
      destination_address_prefix = security_rule.value.to
    }
  }
}
