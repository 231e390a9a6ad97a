variable "name" {
  description = "Name of the route table."
  type        = string
}

variable "location" {
  description = "Azure region."
  type        = string
}

variable "resource_group_name" {
  description = "Resource group of the route table."
  type        = string
}

variable "firewall_private_ip" {
  description = "Next hop of the default route."
  type        = string
}

variable "bypass" {
  description = "Prefixes or service tags that go to the Internet directly, by route name."
  type        = map(string)
  default     = {}
}

variable "tags" {
  description = "Tags of the route table."
  type        = map(string)
  default     = {}
}
