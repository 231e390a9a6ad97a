# Nobody knows the module, but the name of its argument says what the list is for.
module "egress" {
  source  = "app.terraform.io/contoso/egress/azurerm"
  version = "2.3.0"

  allowed_fqdns = [
    "login.microsoftonline.com",
    "kms.core.windows.net", # expect: warning azure-kms/allow-list missing=azkms.core.windows.net containers=module.egress.allowed_fqdns legacy="kms.core.windows.net"
  ]
}

module "egress_new" {
  source  = "app.terraform.io/contoso/egress/azurerm"
  version = "2.3.0"

  allowed_fqdns = ["kms.core.windows.net", "azkms.core.windows.net"]
}
