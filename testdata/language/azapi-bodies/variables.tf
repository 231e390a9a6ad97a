variable "propagate" {
  type    = bool
  default = "false"
}
