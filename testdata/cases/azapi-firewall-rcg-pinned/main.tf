# A rule collection group written with azapi below a policy of azurerm.
terraform {
  required_providers {
    azapi = {
      source = "Azure/azapi"
    }
  }
}

resource "azurerm_firewall_policy" "hub" {
  name                = "afwp-hub"
  resource_group_name = "rg-hub"
  location            = "westeurope"

  dns {
    proxy_enabled = true
  }
}

resource "azapi_resource" "rcg" {
  type      = "Microsoft.Network/firewallPolicies/ruleCollectionGroups@2024-05-01"
  name      = "rcg-windows"
  parent_id = azurerm_firewall_policy.hub.id

  body = {
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
              sourceIpGroups       = []
              destinationAddresses = []
              destinationIpGroups  = []
              destinationFqdns     = ["kms.core.windows.net"] # expect: error azure-kms/firewall missing=azkms.core.windows.net legacy="kms.core.windows.net"
              destinationPorts     = ["1688"]
            },
          ]
        },
      ]
    }
  }
}
