# Neither the module nor the name of the argument says what the list is for.
module "extras" {
  source = "git::ssh://git@git.contoso.example/terraform/extras.git?ref=1.4"

  settings = {
    hosts = ["kms.core.windows.net"]       # expect: note azure-kms/allow-list missing=azkms.core.windows.net containers=module.extras.settings.hosts
    items = ["10.0.0.4", "23.102.135.246"] # expect: note azure-kms/allow-list missing=20.118.99.224,40.83.235.53 containers=module.extras.settings.items
  }
}
