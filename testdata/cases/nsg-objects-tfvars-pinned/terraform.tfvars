nsg = {
  web = [
    {
      name                       = "kms"
      priority                   = 3200
      destination_port_range     = "1688"
      destination_address_prefix = "23.102.135.246" # expect: warning azure-kms/security-group missing=20.118.99.224,40.83.235.53 legacy="23.102.135.246"
    },
    {
      name                       = "deny"
      priority                   = 4096
      access                     = "Deny"
      destination_port_range     = "*"
      destination_address_prefix = "*"
    },
  ]
  app = [
    {
      name                         = "kms"
      priority                     = 3200
      destination_port_range       = "1688"
      destination_address_prefix   = ""
      destination_address_prefixes = "23.102.135.246,20.118.99.224,40.83.235.53"
    },
    {
      name                       = "deny"
      priority                   = 4096
      access                     = "Deny"
      destination_port_range     = "*"
      destination_address_prefix = "*"
    },
  ]
}
