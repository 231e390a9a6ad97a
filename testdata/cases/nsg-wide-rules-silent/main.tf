# Regional tags and prefixes without a word of activation: kms.core.windows.net is reached by accident, and nothing is pinned.
resource "azurerm_network_security_group" "wide" {
  name                = "nsg-wide"
  location            = "southcentralus"
  resource_group_name = "rg-wide"

  security_rule {
    name                       = "AllowRegion"
    priority                   = 200
    direction                  = "Outbound"
    access                     = "Allow"
    protocol                   = "Tcp"
    source_port_range          = "*"
    destination_port_range     = "*"
    source_address_prefix      = "*"
    destination_address_prefix = "AzureCloud.southcentralus"
  }

  security_rule {
    name                         = "AllowBackbone"
    priority                     = 210
    direction                    = "Outbound"
    access                       = "Allow"
    protocol                     = "*"
    source_port_range            = "*"
    destination_port_range       = "*"
    source_address_prefix        = "*"
    destination_address_prefixes = ["23.102.128.0/18", "13.65.0.0/16"]
  }

  security_rule {
    name                       = "DenyAll"
    priority                   = 4096
    direction                  = "Outbound"
    access                     = "Deny"
    protocol                   = "*"
    source_port_range          = "*"
    destination_port_range     = "*"
    source_address_prefix      = "*"
    destination_address_prefix = "*"
  }
}
