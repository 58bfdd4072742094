variable "region" {
  description = "The AWS Region; null takes it from the environment (AWS_REGION or the profile)."
  type        = string
  default     = null
}

variable "name" {
  description = "Prefix of everything's name."
  type        = string
  default     = "log-service"
}

variable "runtime" {
  description = "Lambda's runtime."
  type        = string
  default     = "nodejs24.x"
}

variable "retention_days" {
  description = "How long entries can be found."
  type        = number
  default     = 30
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

variable "ingest_version" {
  description = "Pins the ingest address to an earlier version (rollback); null follows the newest."
  type        = string
  default     = null
}

variable "read_version" {
  description = "Pins the read address to an earlier version (rollback); null follows the newest."
  type        = string
  default     = null
}

variable "maintenance_version" {
  description = "Pins the admin address to an earlier version (rollback); null follows the newest."
  type        = string
  default     = null
}

variable "deletion_protection" {
  description = "Refuses to delete the tables."
  type        = bool
  default     = false
}
