# Any protocol and any port to the legacy address, written as objects of the attribute, before a deny for everything.
resource "azurerm_network_security_group" "gen" {
  name                = "nsg-gen"
  location            = "japanwest"
  resource_group_name = "rg-gen"

  security_rule = [
    {
      name                                       = "to-microsoft"
      description                                = ""
      priority                                   = 1000
      direction                                  = "Outbound"
      access                                     = "Allow"
      protocol                                   = "*"
      source_port_range                          = "*"
      source_port_ranges                         = []
      source_address_prefix                      = "*"
      source_address_prefixes                    = []
      source_application_security_group_ids      = []
      destination_port_range                     = "*"
      destination_port_ranges                    = []
      destination_address_prefix                 = "23.102.135.246/32" # expect: warning azure-kms/security-group missing=20.118.99.224,40.83.235.53 legacy="23.102.135.246/32"
      destination_address_prefixes               = []
      destination_application_security_group_ids = []
    },
    {
      name                                       = "deny-all"
      description                                = ""
      priority                                   = 4096
      direction                                  = "Outbound"
      access                                     = "Deny"
      protocol                                   = "*"
      source_port_range                          = "*"
      source_port_ranges                         = []
      source_address_prefix                      = "*"
      source_address_prefixes                    = []
      source_application_security_group_ids      = []
      destination_port_range                     = "*"
      destination_port_ranges                    = []
      destination_address_prefix                 = "*"
      destination_address_prefixes               = []
      destination_application_security_group_ids = []
    },
  ]
}
