include "root" {
  path = find_in_parent_folders("root.hcl")
}

terraform {
  source = "../..//modules/routes"
}

locals {
  account = read_terragrunt_config(find_in_parent_folders("account.hcl"))
  kms     = "23.102.135.246" # expect: error azure-kms/route-table missing=20.118.99.224,40.83.235.53 scenarios=live/prod/terragrunt.hcl
}

inputs = {
  name   = "rt-${local.account.locals.name}"
  direct = { kms = "${local.kms}/32" }
}
