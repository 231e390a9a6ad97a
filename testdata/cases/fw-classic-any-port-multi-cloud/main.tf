# A landing zone's classic rule with the legacy addresses of several clouds on any port: one finding for each cloud that moved.
resource "azurerm_firewall" "this" {
  name                = "fw-appsvc-lz"
  location            = "westus3"
  resource_group_name = "rg-appsvc-lz"
  sku_name            = "AZFW_VNet"
  sku_tier            = "Standard"
}

resource "azurerm_firewall_network_rule_collection" "core" {
  name                = "core-dependencies"
  azure_firewall_name = azurerm_firewall.this.name
  resource_group_name = azurerm_firewall.this.resource_group_name
  priority            = 201
  action              = "Allow"

  rule {
    name             = "kms-ip-addresses"
    source_addresses = ["10.242.0.0/20"]
    destination_addresses = [
      "23.102.135.246", # expect: error azure-kms/firewall cloud=AzureCloud missing=20.118.99.224,40.83.235.53
      "51.4.143.248",
      "23.97.0.13",   # expect: error azure-kms/firewall cloud=AzureUSGovernment missing=52.126.105.2
      "42.159.7.249", # expect: error azure-kms/firewall cloud=AzureChinaCloud missing=159.27.28.100,163.228.64.161
    ]
    destination_ports = ["*"]
    protocols         = ["Any"]
  }
}
