variable "name" {
  type = string
}

variable "direct_routes" {
  type    = map(string)
  default = {}
}

module "routes" {
  source = "../routes"

  name   = "rt-${var.name}"
  routes = [for name, prefix in var.direct_routes : { name = name, prefix = prefix }]
}
