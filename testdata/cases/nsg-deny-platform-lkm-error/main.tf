# The platform's own rule for activation is denied by its service tag: what the rules leave out is blocked for certain.
resource "azurerm_network_security_group" "hard" {
  name                = "nsg-hardened"
  location            = "westus3"
  resource_group_name = "rg-hardened"

  security_rule {
    name                       = "DenyPlatformLicensing"
    priority                   = 4000
    direction                  = "Outbound"
    access                     = "Deny"
    protocol                   = "*"
    source_port_range          = "*"
    destination_port_range     = "*"
    source_address_prefix      = "*"
    destination_address_prefix = "AzurePlatformLKM"
  }

  security_rule {
    name                       = "AllowOwnLicensing"
    priority                   = 500
    direction                  = "Outbound"
    access                     = "Allow"
    protocol                   = "Tcp"
    source_port_range          = "*"
    destination_port_range     = "1688"
    source_address_prefix      = "*"
    destination_address_prefix = "23.102.135.246" # expect: error azure-kms/security-group missing=20.118.99.224,40.83.235.53 legacy="23.102.135.246"
  }

  security_rule {
    name                       = "DenyInternet"
    priority                   = 4096
    direction                  = "Outbound"
    access                     = "Deny"
    protocol                   = "*"
    source_port_range          = "*"
    destination_port_range     = "*"
    source_address_prefix      = "*"
    destination_address_prefix = "Internet"
  }
}
