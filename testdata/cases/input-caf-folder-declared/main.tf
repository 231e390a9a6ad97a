# Code above the folder says what the variable is, and that it is nothing of the framework's.
variable "route_tables" {
  type    = any
  default = {}
}

output "names" {
  value = keys(var.route_tables)
}
