# Collections as a list; in the second firewall a later collection has the successors.
module "pinned" {
  source  = "claranet/firewall/azurerm"
  version = "7.0.0"

  stack = "hub"

  network_rule_collections = [
    {
      name     = "windows"
      priority = 100
      action   = "Allow"
      rules = [
        {
          name                  = "activation"
          source_addresses      = ["10.0.0.0/8"]
          destination_addresses = ["23.102.135.246"] # expect: error azure-kms/firewall missing=20.118.99.224,40.83.235.53 containers=module.pinned
          destination_ports     = ["1688"]
          protocols             = ["TCP"]
        },
      ]
    },
  ]
}

module "complete" {
  source  = "claranet/firewall/azurerm"
  version = "7.0.0"

  stack = "hub"

  network_rule_collections = [
    {
      name     = "windows"
      priority = 100
      action   = "Allow"
      rules = [
        {
          name              = "activation"
          source_addresses  = ["10.0.0.0/8"]
          destination_fqdns = ["kms.core.windows.net"]
          destination_ports = ["1688"]
          protocols         = ["TCP"]
        },
      ]
    },
    {
      name     = "windows-new"
      priority = 200
      action   = "Allow"
      rules = [
        {
          name              = "activation"
          source_addresses  = ["*"]
          destination_fqdns = ["azkms.core.windows.net"]
          destination_ports = ["1688"]
          protocols         = ["TCP"]
        },
      ]
    },
  ]
}
