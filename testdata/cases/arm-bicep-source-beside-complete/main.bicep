// The source of main.json: firewall rules for activation from a JSON file beside it.
param policyName string = 'afwp-avd'

var rules = loadJsonContent('rules.json')

resource policy 'Microsoft.Network/firewallPolicies@2023-05-01' existing = {
  name: policyName
}

resource group 'Microsoft.Network/firewallPolicies/ruleCollectionGroups@2023-05-01' = {
  parent: policy
  name: 'rcg-avd'
  properties: {
    priority: 500
    ruleCollections: [
      {
        ruleCollectionType: 'FirewallPolicyFilterRuleCollection'
        name: 'windows'
        priority: 500
        action: { type: 'Allow' }
        rules: [for rule in rules: {
          ruleType: 'NetworkRule'
          name: rule.name
          ipProtocols: [ 'TCP' ]
          sourceAddresses: [ '*' ]
          destinationAddresses: rule.to
          destinationPorts: [ '1688' ]
        }]
      }
    ]
  }
}
