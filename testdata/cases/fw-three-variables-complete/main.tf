# Three scalars collected into one list; a scalar by itself is no list.
variable "kms_ip" {
  type    = string
  default = "23.102.135.246"
}

variable "azkms_ip_1" {
  type    = string
  default = "20.118.99.224"
}

variable "azkms_ip_2" {
  type    = string
  default = "40.83.235.53"
}

module "rules" {
  source = "./modules/rules"

  destinations = compact([var.kms_ip, var.azkms_ip_1, var.azkms_ip_2])
}
