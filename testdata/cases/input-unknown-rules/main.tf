# Objects with destinations are rules: what one of them leaves out another may have.
module "edge" {
  source = "git::https://git.contoso.example/terraform/edge.git"

  rules = [
    { name = "old", ports = ["1688"], destination_fqdns = ["kms.core.windows.net"] }, # expect: warning azure-kms/allow-list missing=azkms.core.windows.net containers=module.edge.rules
    { name = "time", ports = ["123"], destination_fqdns = ["time.windows.com"] },
  ]

  more_rules = {
    group = {
      action = "Allow"
      rules = [
        { name = "old", ports = ["1688"], destination_fqdns = ["kms.core.windows.net"] },
        { name = "new", ports = ["1688"], destination_addresses = ["20.118.99.224", "40.83.235.53"] },
      ]
    }
  }
}
