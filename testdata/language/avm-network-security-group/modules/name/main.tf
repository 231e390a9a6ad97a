variable "parts" {
  type = list(string)
}

output "value" {
  value = lower(join("-", compact(var.parts)))
}
