# Members of an IP group as resources of their own complete it.
resource "azurerm_ip_group" "activation" {
  name                = "ipg-activation"
  resource_group_name = "rg-ip-groups"
  location            = "westus"
  cidrs               = ["23.102.135.246"]

  lifecycle {
    ignore_changes = [cidrs]
  }
}

resource "azurerm_ip_group_cidr" "successor" {
  for_each = toset(["20.118.99.224", "40.83.235.53"])

  ip_group_id = azurerm_ip_group.activation.id
  cidr        = each.value
}
