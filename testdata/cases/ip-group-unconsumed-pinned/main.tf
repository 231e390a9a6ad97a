# IP groups that another repository uses: the one with the legacy address lacks the successors.
resource "azurerm_resource_group" "groups" {
  name     = "rg-ip-groups"
  location = "westus"
}

resource "azurerm_ip_group" "identity" {
  name                = "ipg-identity"
  resource_group_name = azurerm_resource_group.groups.name
  location            = azurerm_resource_group.groups.location
  cidrs               = ["10.1.0.4", "10.1.0.5"]
}

resource "azurerm_ip_group" "microsoft" {
  name                = "ipg-microsoft"
  resource_group_name = azurerm_resource_group.groups.name
  location            = azurerm_resource_group.groups.location
  cidrs = [
    "23.102.135.246", # expect: warning azure-kms/allow-list missing=20.118.99.224,40.83.235.53 legacy="23.102.135.246"
    "168.63.129.16",
  ]
}

output "ip_group_ids" {
  value = {
    identity  = azurerm_ip_group.identity.id
    microsoft = azurerm_ip_group.microsoft.id
  }
}
