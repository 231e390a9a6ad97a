# Adds native syntax to the JSON file and reads its values.
resource "azurerm_ip_group" "native" {
  name                = "ipg-${local.num}"
  location            = "westeurope"
  resource_group_name = azurerm_route_table.t.resource_group_name
  cidrs               = [for k, t in var.targets : t.prefix if t.hop == "Internet"]
  tags                = { null = local.null == null, list = length(local.nested.list), mixed = jsonencode(local.nested) }
}
