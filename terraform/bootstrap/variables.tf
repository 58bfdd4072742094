variable "region" {
  description = "The AWS Region; null takes it from the environment."
  type        = string
  default     = null
}

variable "bucket" {
  description = "The bucket's name; null makes one of the account and the Region."
  type        = string
  default     = null

  validation {
    condition     = var.bucket == null || can(regex("^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$", var.bucket))
    error_message = "bucket must be 3 to 63 lower-case letters, digits, hyphens and dots."
  }
}
