variable "region" {
  description = "The AWS Region."
  type        = string
}

variable "account_id" {
  description = "The only account that this may be applied to; null is any."
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

variable "ingest_reserved_concurrency" {
  description = "Environments reserved for ingest, which also caps it at ten times as many requests/s. The account must keep 100 unreserved: look at its quota first."
  type        = number
  default     = null
}

variable "read_reserved_concurrency" {
  description = "Environments reserved for read: searches cannot starve ingest then."
  type        = number
  default     = null
}

variable "cors_allow_origins" {
  description = "Origins of pages that may call the addresses."
  type        = list(string)
  default     = ["*"]
}

variable "deletion_protection" {
  description = "Refuses to delete the tables; apply with false before a destroy."
  type        = bool
  default     = true
}

variable "throughput_caps" {
  description = "The most that the chunks' table takes. 1,000 write units/s are about 30,000 batched entries/s, and $54 if used for a whole day."
  type = object({
    write_units_per_second = number
    read_units_per_second  = number
  })
  default = { write_units_per_second = 1000, read_units_per_second = 4000 }
}

variable "vpc" {
  description = "Runs the functions in a VPC; see the module."
  type = object({
    vpc_id                  = string
    subnet_ids              = list(string)
    route_table_ids         = optional(list(string), [])
    dynamodb_prefix_list_id = optional(string)
  })
  default = null
}

variable "alarm_email_addresses" {
  description = "Who is told. Each gets a mail with a link to follow first."
  type        = list(string)
}

variable "monthly_budget_usd" {
  description = "Mails at 80 % of it and when the forecast passes it; null is no budget."
  type        = number
  default     = null
}

variable "permissions_boundary_arn" {
  description = "The permissions boundary of the functions' roles."
  type        = string
  default     = null
}
