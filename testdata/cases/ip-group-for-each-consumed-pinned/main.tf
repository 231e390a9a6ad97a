# IP groups from a map in a variable file; a classic rule allows the one that holds the legacy address.
variable "ip_groups" {
  type = map(list(string))
}

resource "azurerm_ip_group" "this" {
  for_each = var.ip_groups

  name                = "ipg-${each.key}"
  resource_group_name = "rg-hub"
  location            = "canadaeast"
  cidrs               = each.value
}

resource "azurerm_firewall" "hub" {
  name                = "afw-hub"
  resource_group_name = "rg-hub"
  location            = "canadaeast"
  sku_name            = "AZFW_VNet"
  sku_tier            = "Premium"
}

resource "azurerm_firewall_network_rule_collection" "windows" {
  name                = "nrc-windows"
  azure_firewall_name = azurerm_firewall.hub.name
  resource_group_name = azurerm_firewall.hub.resource_group_name
  priority            = 310
  action              = "Allow"

  rule {
    name                  = "windows"
    protocols             = ["TCP"]
    source_addresses      = ["10.20.0.0/16"]
    destination_ip_groups = [azurerm_ip_group.this["microsoft"].id]
    destination_ports     = ["1688", "443"]
  }
}
