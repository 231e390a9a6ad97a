# One collection a rule, in the order of the list: what is denied first stays denied.
module "pinned" {
  source  = "kumarvna/firewall/azurerm"
  version = "1.1.0"

  firewall_config = {
    name = "afw-pinned"
  }

  firewall_network_rules = [
    {
      name                  = "windows"
      action                = "Allow"
      source_addresses      = ["10.0.0.0/8"]
      destination_addresses = ["23.102.135.246"] # expect: error azure-kms/firewall missing=20.118.99.224,40.83.235.53 containers=module.pinned
      destination_ports     = ["1688"]
      protocols             = ["TCP"]
    },
    {
      name                  = "dns"
      action                = "Allow"
      source_addresses      = ["10.0.0.0/8"]
      destination_addresses = ["8.8.8.8"]
      destination_ports     = ["53"]
      protocols             = ["UDP"]
    },
  ]
}

module "complete" {
  source  = "kumarvna/firewall/azurerm"
  version = "1.1.0"

  firewall_network_rules = [
    {
      name                  = "windows"
      action                = "Allow"
      source_addresses      = ["10.0.0.0/8"]
      destination_addresses = ["23.102.135.246"]
      destination_ports     = ["1688"]
      protocols             = ["TCP"]
    },
    {
      name                  = "azure"
      action                = "Allow"
      source_addresses      = ["10.0.0.0/8"]
      destination_addresses = ["AzureCloud"]
      destination_ports     = ["*"]
      protocols             = ["Any"]
    },
  ]
}
