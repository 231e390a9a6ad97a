variable "global_settings" {
  default = {}
}
variable "landingzone" {
  default = { key = "launchpad", level = "level2" }
}
variable "networking" {
  default = {}
}
variable "remote_objects" {
  default = {}
}
variable "resource_groups" {
  type = map(object({ name = string }))
  default = {
    net = { name = "rg-net", region = "region1" }
  }
}
