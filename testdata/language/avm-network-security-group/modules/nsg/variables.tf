variable "location" {
  type     = string
  nullable = false
}

variable "name" {
  type     = string
  nullable = false
  validation {
    condition     = can(regex("^[a-zA-Z0-9][a-zA-Z0-9._-]{0,78}[a-zA-Z0-9_]$", var.name))
    error_message = "The name is not valid."
  }
}

variable "resource_group_name" { type = string }

variable "enable_telemetry" {
  type     = bool
  default  = true
  nullable = false
}

variable "security_rules" {
  type = map(object({
    access                                     = optional(string, "Allow")
    description                                = optional(string)
    destination_address_prefix                 = optional(string)
    destination_address_prefixes               = optional(set(string))
    destination_application_security_group_ids = optional(set(string))
    destination_port_range                     = optional(string)
    destination_port_ranges                    = optional(set(string))
    direction                                  = optional(string, "Outbound")
    name                                       = string
    priority                                   = number
    protocol                                   = string
    source_address_prefix                      = optional(string, "*")
    source_port_range                          = optional(string, "*")
    timeouts = optional(object({
      create = optional(string)
      delete = optional(string, "10m")
      read   = optional(string)
      update = optional(string)
    }))
  }))
  default  = {}
  nullable = false
  validation {
    condition = alltrue([
      for _, rule in var.security_rules :
      rule.priority >= 100 && rule.priority <= 4096 && contains(["Allow", "Deny"], rule.access)
    ])
    error_message = "A rule is out of range."
  }
}

variable "tags" {
  type    = map(string)
  default = null
}

variable "timeouts" {
  type = object({
    create = optional(string)
    delete = optional(string)
  })
  default = null
}
