# The address was App Service management too: a rule for it on 443 alone is nobody's activation.
resource "azurerm_network_security_group" "web" {
  name                = "nsg-web"
  location            = "centralus"
  resource_group_name = "rg-web"

  security_rule {
    name                       = "AllowManagement"
    priority                   = 110
    direction                  = "Outbound"
    access                     = "Allow"
    protocol                   = "Tcp"
    source_port_range          = "*"
    destination_port_range     = "443"
    source_address_prefix      = "*"
    destination_address_prefix = "23.102.135.246"
  }

  security_rule {
    name                       = "DenyInternet"
    priority                   = 4000
    direction                  = "Outbound"
    access                     = "Deny"
    protocol                   = "*"
    source_port_range          = "*"
    destination_port_range     = "*"
    source_address_prefix      = "*"
    destination_address_prefix = "Internet"
  }
}
