# Rules in the group, and rules by direction and priority that name the group.
network_security_group_definition = {
  web = {
    version            = 1
    resource_group_key = "network"
    name               = "nsg-web"
    nsg = [
      {
        name                       = "activation"
        priority                   = "200"
        direction                  = "Outbound"
        access                     = "Allow"
        protocol                   = "tcp"
        source_port_range          = "*"
        destination_port_range     = "1688"
        source_address_prefix      = "*"
        destination_address_prefix = "23.102.135.246" # expect: warning azure-kms/security-group missing=20.118.99.224,40.83.235.53 containers=network_security_group_definition.web
      },
      {
        name                       = "rest"
        priority                   = "4000"
        direction                  = "Outbound"
        access                     = "Deny"
        protocol                   = "*"
        source_port_range          = "*"
        destination_port_range     = "*"
        source_address_prefix      = "*"
        destination_address_prefix = "*"
      },
    ]
  }
  app = {
    version            = 1
    resource_group_key = "network"
    name               = "nsg-app"
  }
}

network_security_security_rules = {
  Outbound = {
    100 = {
      network_security_group_definition = { key = "app" }
      name                              = "activation"
      access                            = "Allow"
      protocol                          = "Tcp"
      source_port_range                 = "*"
      destination_port_range            = "1688"
      source_address_prefix             = "*"
      destination_address_prefixes      = ["23.102.135.246"] # expect: warning azure-kms/security-group missing=20.118.99.224,40.83.235.53 containers=network_security_group_definition.app
    }
    4000 = {
      network_security_group_definition = { key = "app" }
      name                              = "rest"
      access                            = "Deny"
      protocol                          = "*"
      source_port_range                 = "*"
      destination_port_range            = "*"
      source_address_prefix             = "*"
      destination_address_prefix        = "Internet"
    }
  }
  Inbound = {
    100 = {
      network_security_group_definition = { key = "web" }
      name                              = "answers"
      access                            = "Allow"
      protocol                          = "Tcp"
      source_port_range                 = "*"
      destination_port_range            = "1688"
      source_address_prefix             = "*"
      destination_address_prefix        = "23.102.135.246"
    }
  }
}
