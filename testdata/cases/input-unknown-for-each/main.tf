# Lists of two instances are two lists; both come from one literal.
locals {
  allowed = ["kms.core.windows.net"] # expect: warning azure-kms/allow-list missing=azkms.core.windows.net containers=module.edge["blue"].fqdns,module.edge["green"].fqdns
}

module "edge" {
  source   = "git::https://git.contoso.example/terraform/edge.git"
  for_each = toset(["blue", "green"])

  name  = each.key
  fqdns = local.allowed
}
