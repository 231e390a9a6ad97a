# Standalone rules: the legacy address is allowed before a deny for the Internet.
resource "azurerm_network_security_group" "jump" {
  name                = "nsg-jump"
  location            = "northeurope"
  resource_group_name = "rg-jump"
}
