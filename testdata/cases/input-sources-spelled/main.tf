# The same module by its repository, by a private registry, and by a copy in another organisation.
locals {
  routes = {
    default = { name = "default", address_prefix = "0.0.0.0/0", next_hop_type = "VirtualNetworkGateway" }
    kms     = { name = "kms", address_prefix = "23.102.135.246/32", next_hop_type = "Internet" } # expect: error azure-kms/route-table containers=module.by_archive,module.by_https,module.by_mirror,module.by_registry,module.by_ssh
  }
}

module "by_https" {
  source = "git::https://github.com/Azure/terraform-azurerm-avm-res-network-routetable?ref=v0.4.1"
  name   = "rt-https"
  routes = local.routes
}

module "by_ssh" {
  source = "git@github.com:Azure/terraform-azurerm-avm-res-network-routetable.git?ref=v0.4.1"
  name   = "rt-ssh"
  routes = local.routes
}

module "by_mirror" {
  source = "git::https://dev.azure.com/contoso/platform/_git/terraform-azurerm-avm-res-network-routetable//?ref=v0.4.1"
  name   = "rt-mirror"
  routes = local.routes
}

module "by_registry" {
  source  = "app.terraform.io/contoso/avm-res-network-routetable/azurerm"
  version = "0.4.1"
  name    = "rt-registry"
  routes  = local.routes
}

module "by_archive" {
  source = "github.com/Azure/terraform-azurerm-avm-res-network-routetable"
  name   = "rt-archive"
  routes = local.routes
}
