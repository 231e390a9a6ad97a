variable "name" { type = string }
variable "location" { type = string }
variable "resource_group_name" { type = string }

variable "tags" {
  type    = map(string)
  default = null
}

variable "settings" {
  type = object({
    propagation = optional(object({
      bgp = optional(bool, true)
      labels = optional(object({
        reason = optional(string)
        ticket = optional(string, "none")
      }), {})
    }), {})
  })
  default  = {}
  nullable = false
}

variable "routes" {
  type = map(object({
    name           = optional(string)
    address_prefix = string
    next_hop = object({
      type = string
      ip   = optional(string)
    })
  }))
  default = {}
}
