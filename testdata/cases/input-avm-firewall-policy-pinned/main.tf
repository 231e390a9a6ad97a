# The rules stand in a module of their own and belong to the policy of the other.
module "policy" {
  source  = "Azure/avm-res-network-firewallpolicy/azurerm"
  version = "0.3.3"

  name                = "afwp-hub"
  location            = "northeurope"
  resource_group_name = "rg-hub"
  firewall_policy_dns = { proxy_enabled = true }
}

module "rules" {
  source  = "Azure/avm-res-network-firewallpolicy/azurerm//modules/rule_collection_groups"
  version = "0.3.3"

  firewall_policy_rule_collection_group_firewall_policy_id = module.policy.resource_id
  firewall_policy_rule_collection_group_name               = "platform"
  firewall_policy_rule_collection_group_priority           = 400

  firewall_policy_rule_collection_group_network_rule_collection = [
    {
      action   = "Allow"
      name     = "windows"
      priority = 400
      rule = [
        {
          name              = "activation"
          source_addresses  = ["10.0.0.0/8"]
          destination_fqdns = ["kms.core.windows.net"] # expect: error azure-kms/firewall missing=azkms.core.windows.net containers=module.policy
          destination_ports = ["1688"]
          protocols         = ["TCP"]
        },
        {
          name                  = "time"
          source_addresses      = ["10.0.0.0/8"]
          destination_addresses = ["10.9.0.4"]
          destination_ports     = ["123"]
          protocols             = ["UDP"]
        },
      ]
    },
  ]
}
