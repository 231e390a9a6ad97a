# The variable says what the list is for, and the literal stands in its default.
variable "allowed_addresses" {
  type = list(string)
  default = [
    "23.102.135.246", # expect: warning azure-kms/allow-list missing=20.118.99.224,40.83.235.53 containers=module.edge.items
    "13.107.6.171",
  ]
}

module "edge" {
  source = "git::https://git.contoso.example/terraform/edge.git"

  items = var.allowed_addresses
}
