variable "region" {
  description = "The AWS Region; null takes it from the environment."
  type        = string
  default     = null
}

variable "name" {
  description = "Prefix of everything's name."
  type        = string
  default     = "log-service"
}
