variable "region" {
  description = "The Region where the tables are made."
  type        = string
}

variable "standby_region" {
  description = "The Region that they are replicated to."
  type        = string

  validation {
    condition     = var.standby_region != var.region
    error_message = "standby_region must be another Region."
  }
}

variable "name" {
  description = "Prefix of everything's name, in both Regions."
  type        = string
  default     = "log-service"
}

variable "ingest_package_path" {
  description = "The zip of the function that stores logs, made by `npm run build`."
  type        = string
  default     = "../../../dist/lambda-ingest.zip"
}

variable "read_package_path" {
  description = "The zip of the function that finds logs."
  type        = string
  default     = "../../../dist/lambda-read.zip"
}

variable "maintenance_package_path" {
  description = "The zip of the function that erases logs."
  type        = string
  default     = "../../../dist/lambda-maintenance.zip"
}

variable "deletion_protection" {
  description = "Refuses to delete the tables and their replicas."
  type        = bool
  default     = true
}
