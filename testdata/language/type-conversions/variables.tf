variable "source_count" {
  type    = number
  default = "3"
}

variable "anything" {
  type    = any
  default = [1, 2.50, "x"]
}

variable "tuple" {
  type    = tuple([string, number, bool])
  default = [true, "7", "false"]
}

variable "flags" {
  type    = object({ on = bool, off = optional(bool, "false") })
  default = { on = "true", ignored = "extra" }
}

variable "number" {
  type = number
}

variable "sources" {
  type = set(string)
}

variable "object" {
  type = object({ target = string, weight = optional(number) })
}
