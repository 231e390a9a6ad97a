# A rule collection group written with azapi, its body as JSON text: all three addresses, from a local.
terraform {
  required_providers {
    azapi = {
      source  = "Azure/azapi"
      version = "~> 1.15"
    }
  }
}

locals {
  kms = ["23.102.135.246", "20.118.99.224", "40.83.235.53"]
}

resource "azapi_resource" "rcg" {
  type      = "Microsoft.Network/firewallPolicies/ruleCollectionGroups@2023-09-01"
  name      = "rcg-windows"
  parent_id = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-hub/providers/Microsoft.Network/firewallPolicies/afwp-hub"

  body = jsonencode({
    properties = {
      priority = 300
      ruleCollections = [
        {
          ruleCollectionType = "FirewallPolicyFilterRuleCollection"
          name               = "nrc-windows"
          priority           = 310
          action             = { type = "Allow" }
          rules = [
            {
              ruleType             = "NetworkRule"
              name                 = "activation"
              ipProtocols          = ["TCP"]
              sourceAddresses      = ["10.0.0.0/8"]
              destinationAddresses = local.kms
              destinationPorts     = ["1688"]
            },
          ]
        },
      ]
    }
  })
}
