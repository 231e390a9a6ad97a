variable "location" {
  type    = string
  default = "westeurope"
}

variable "resource_group_name" {
  type    = string
  default = "rg-net-prod-weu"
}

variable "tags" {
  type     = map(string)
  default  = { owner = "network" }
  nullable = false
}

variable "route_tables" {
  type = map(object({
    name     = optional(string)
    location = optional(string)
    tags     = optional(map(string), {})
    settings = optional(object({
      propagation = optional(object({
        bgp = optional(bool, false)
        labels = optional(object({
          reason = optional(string, "forced tunnelling")
          ticket = optional(number, 0)
        }), {})
      }), {})
    }), {})
    routes = optional(map(object({
      name           = optional(string)
      address_prefix = string
      next_hop = optional(object({
        type = optional(string, "VirtualAppliance")
        ip   = optional(string, "10.10.0.4")
      }), {})
    })), {})
  }))
  nullable = false

  validation {
    condition     = alltrue([for t in var.route_tables : alltrue([for r in t.routes : can(cidrhost(r.address_prefix, 0)) || can(regex("^[A-Z][A-Za-z]+(\\.[A-Za-z0-9]+)?$", r.address_prefix))])])
    error_message = "Every address_prefix must be a CIDR range or a service tag."
  }
}
