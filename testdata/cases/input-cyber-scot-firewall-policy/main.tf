# Groups of collections of rules in one list.
module "policy" {
  source = "cyber-scot/firewall-policy/azurerm"

  name    = "afwp-hub"
  rg_name = "rg-hub"

  rule_collection_groups = [
    {
      name     = "platform"
      priority = 200
      network_rule_collection = [
        {
          name     = "windows"
          priority = 200
          action   = "Allow"
          rule = [
            {
              name                  = "activation"
              source_addresses      = ["10.0.0.0/8"]
              destination_addresses = ["23.102.135.246"] # expect: error azure-kms/firewall missing=20.118.99.224,40.83.235.53 containers=module.policy
              destination_ports     = ["1688"]
              protocols             = ["TCP"]
            },
          ]
        },
      ]
    },
  ]
}

module "parent" {
  source = "cyber-scot/firewall-policy/azurerm"

  name    = "afwp-root"
  rg_name = "rg-hub"

  rule_collection_groups = [
    {
      name     = "platform"
      priority = 200
      network_rule_collection = [
        {
          name     = "windows"
          priority = 200
          action   = "Allow"
          rule = [
            {
              name                  = "activation"
              source_addresses      = ["10.0.0.0/8"]
              destination_addresses = ["23.102.135.246", "20.118.99.224", "40.83.235.53"]
              destination_ports     = ["1688"]
              protocols             = ["TCP"]
            },
          ]
        },
      ]
    },
  ]
}
