variable "location" {
  type    = string
  default = "swedencentral"
}

variable "workload" {
  type     = string
  default  = "payments"
  nullable = false
}

variable "hub_prefix" {
  type    = string
  default = "10.20.0.0/24"
}

variable "tags" {
  type    = map(string)
  default = null
}

variable "route_tables" {
  type = map(object({
    name                          = optional(string)
    resource_group_name           = optional(string, null)
    bgp_route_propagation_enabled = optional(bool, false)
    profile                       = optional(string, "none")
    tags                          = optional(map(string), {})
    routes = optional(map(object({
      name                   = optional(string)
      address_prefix         = string
      next_hop_type          = optional(string, "VirtualAppliance")
      next_hop_in_ip_address = optional(string)
    })), {})
  }))
}
