# Rules that come in unless they say otherwise.
module "pinned" {
  source  = "claranet/nsg/azurerm"
  version = "8.0.0"

  stack = "web"

  additional_rules = [
    {
      priority                   = 300
      name                       = "activation"
      direction                  = "Outbound"
      destination_address_prefix = "23.102.135.246" # expect: warning azure-kms/security-group missing=20.118.99.224,40.83.235.53 containers=module.pinned
      destination_port_range     = "1688"
    },
    {
      priority  = 400
      name      = "rest"
      direction = "Outbound"
      access    = "Deny"
      protocol  = "*"
    },
  ]
}

module "silent" {
  source  = "claranet/nsg/azurerm"
  version = "8.0.0"

  stack = "web"

  additional_rules = [
    {
      priority                   = 300
      name                       = "comes-in"
      destination_address_prefix = "23.102.135.246"
      destination_port_range     = "1688"
    },
    {
      priority  = 400
      name      = "rest"
      direction = "Outbound"
      access    = "Deny"
    },
  ]
}
