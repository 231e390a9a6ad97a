# A classic application rule with protocol Mssql: the port is right, the protocol is not, and the legacy host stands alone.
resource "azurerm_firewall" "core" {
  name                = "afw-core"
  location            = "uksouth"
  resource_group_name = "rg-core"
  sku_name            = "AZFW_VNet"
  sku_tier            = "Standard"
}

resource "azurerm_firewall_application_rule_collection" "windows" {
  name                = "arc-windows"
  azure_firewall_name = azurerm_firewall.core.name
  resource_group_name = azurerm_firewall.core.resource_group_name
  priority            = 800
  action              = "Allow"

  rule {
    name             = "windows-update"
    source_addresses = ["10.5.0.0/16"]
    fqdn_tags        = ["WindowsUpdate"]
  }

  rule {
    name             = "activation"
    source_addresses = ["10.5.0.0/16"]
    target_fqdns     = ["kms.core.windows.net"] # expect: error azure-kms/firewall missing=azkms.core.windows.net legacy="kms.core.windows.net"

    protocol {
      type = "Mssql"
      port = "1688"
    }
  }
}
