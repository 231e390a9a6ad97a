variable "environment" {
  description = "Short name of the stage, part of every resource name."
  type        = string
}

variable "location" {
  description = "Azure region of the hub and its spokes."
  type        = string
  default     = "westeurope"
}

variable "firewall_private_ip" {
  description = "Private address of the hub firewall, which its own pipeline deploys."
  type        = string
}

variable "hub_address_space" {
  description = "Address space of the hub network."
  type        = string
  default     = "10.20.0.0/22"
}

variable "spokes" {
  description = "Spoke networks by name. Prefixes below bypass leave a spoke without passing the firewall."
  type = map(object({
    address_space = string
    subnets       = map(string)
    bypass        = optional(map(string), {})
  }))
}
