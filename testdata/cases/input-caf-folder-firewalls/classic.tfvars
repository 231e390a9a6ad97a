# Classic collections act together; groups of rules belong to the policy that they name.
azurerm_firewall_network_rule_collection_definition = {
  windows = {
    name     = "windows"
    action   = "Allow"
    priority = 150
    ruleset = {
      activation = {
        name                  = "activation"
        source_addresses      = ["*"]
        destination_ports     = ["1688"]
        destination_addresses = ["23.102.135.246"] # expect: error azure-kms/firewall missing=20.118.99.224,40.83.235.53 containers=azurerm_firewall_network_rule_collection_definition.windows
        protocols             = ["TCP"]
      }
    }
  }
}

azurerm_firewall_application_rule_collection_definition = {
  web = {
    name     = "web"
    action   = "Allow"
    priority = 200
    ruleset = {
      azure = {
        name             = "azure"
        source_addresses = ["*"]
        target_fqdns     = ["*.azure.com"]
        protocol         = { https = { port = "443", type = "Https" } }
      }
    }
  }
}
