# Elements that are not known may be the successors.
variable "extra" {
  type = string
}

module "edge" {
  source = "git::https://git.contoso.example/terraform/edge.git"

  allowed_addresses = ["23.102.135.246", var.extra] # expect: note azure-kms/allow-list missing=20.118.99.224,40.83.235.53 containers=module.edge.allowed_addresses
}
