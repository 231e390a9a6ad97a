# All three addresses on port 16800, as an old HDInsight page had it: no rule carries TCP/1688.
resource "azurerm_firewall" "hdi" {
  name                = "afw-hdi"
  location            = "eastus2"
  resource_group_name = "rg-hdi"
  sku_name            = "AZFW_VNet"
  sku_tier            = "Standard"
}

resource "azurerm_firewall_network_rule_collection" "hdi" {
  name                = "nrc-hdi"
  azure_firewall_name = azurerm_firewall.hdi.name
  resource_group_name = azurerm_firewall.hdi.resource_group_name
  priority            = 500
  action              = "Allow"

  rule {
    name                  = "sql"
    source_addresses      = ["10.24.0.0/24"]
    destination_addresses = ["Sql"]
    destination_ports     = ["1433"]
    protocols             = ["TCP"]
  }

  rule {
    name                  = "windows-activation"
    source_addresses      = ["10.24.0.0/24"]
    destination_addresses = ["23.102.135.246", "20.118.99.224", "40.83.235.53"]
    destination_ports     = ["16800"] # expect: warning azure-kms/ineffective missing= legacy="16800"
    protocols             = ["TCP"]
  }
}
