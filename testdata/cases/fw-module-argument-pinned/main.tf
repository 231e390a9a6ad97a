# A list of rule templates goes through a for expression and concat into a module, which makes the rules of it.
locals {
  spokes = ["10.20.0.0/20", "10.21.0.0/20"]

  base_rules = [
    { name = "ntp", protocols = ["UDP"], ports = ["123"], to = ["51.145.123.29"] },
    { name = "kms", protocols = ["TCP"], ports = ["1688"], to = ["23.102.135.246"] }, # expect: error azure-kms/firewall missing=20.118.99.224,40.83.235.53 legacy="23.102.135.246"
  ]

  extra_rules = [
    { name = "ad", protocols = ["TCP"], ports = ["445"], to = ["10.1.0.4"] },
  ]
}

module "rules" {
  source = "./modules/rules"

  policy_id = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-hub/providers/Microsoft.Network/firewallPolicies/afwp-hub"
  rules     = [for r in concat(local.base_rules, local.extra_rules) : merge(r, { from = local.spokes })]
}
