# Rules by name need the DNS proxy, which the policy does not have.
module "policy" {
  source  = "Azure/avm-res-network-firewallpolicy/azurerm"
  version = "0.3.3"

  name                = "afwp-hub"
  location            = "northeurope"
  resource_group_name = "rg-hub"
  sku                 = "Standard"
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
          destination_fqdns = ["kms.core.windows.net", "azkms.core.windows.net"] # expect: note azure-kms/ineffective containers=module.policy
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
