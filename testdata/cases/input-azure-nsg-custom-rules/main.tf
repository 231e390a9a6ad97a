# What a rule does not say has a default: it allows, comes in, and goes anywhere. Ports may be a list in one text.
module "pinned" {
  source  = "Azure/network-security-group/azurerm"
  version = "4.1.0"

  resource_group_name = "rg-network"
  security_group_name = "nsg-pinned"

  custom_rules = [
    {
      name                         = "activation"
      priority                     = 200
      direction                    = "Outbound"
      protocol                     = "Tcp"
      destination_port_range       = "443,1688"
      destination_address_prefixes = ["23.102.135.246"] # expect: warning azure-kms/security-group missing=20.118.99.224,40.83.235.53 containers=module.pinned
    },
    {
      name      = "rest"
      priority  = 300
      direction = "Outbound"
      access    = "Deny"
    },
  ]
}

module "complete" {
  source  = "Azure/network-security-group/azurerm"
  version = "4.1.0"

  resource_group_name = "rg-network"
  security_group_name = "nsg-complete"

  custom_rules = [
    {
      name                       = "comes-in"
      priority                   = 100
      destination_port_range     = "1688"
      destination_address_prefix = "23.102.135.246"
    },
    {
      name                         = "activation"
      priority                     = 200
      direction                    = "Outbound"
      access                       = "Allow"
      protocol                     = "Tcp"
      destination_port_range       = "1688"
      destination_address_prefixes = ["23.102.135.246", "20.118.99.224", "40.83.235.53"]
    },
    {
      name      = "rest"
      priority  = 300
      direction = "Outbound"
      access    = "Deny"
    },
  ]
}
