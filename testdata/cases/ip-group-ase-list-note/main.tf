# Management addresses of App Service Environments in an IP group: the legacy one is among them by accident.
resource "azurerm_ip_group" "ase" {
  name                = "ipg-ase-management"
  resource_group_name = "rg-ip-groups"
  location            = "eastus2"
  cidrs = [
    "13.64.115.203",
    "13.75.127.117",
    "13.94.141.115",
    "13.94.143.126",
    "13.94.149.179",
    "23.102.135.246", # expect: note azure-kms/allow-list legacy="23.102.135.246"
    "23.102.188.65",
    "40.83.120.64",
    "52.165.152.214",
    "104.208.54.11",
    "157.55.208.185",
  ]
}
