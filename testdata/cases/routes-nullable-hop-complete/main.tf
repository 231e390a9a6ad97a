# Routes as data with a nullable next hop; null means Internet inside the module.
module "udr" {
  source = "./modules/udr"

  name   = "rt-citrix"
  routes = var.routes
}

variable "routes" {
  type = list(object({
    name           = string
    address_prefix = string
    next_hop_ip    = optional(string)
  }))
}
