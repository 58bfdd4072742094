variable "region" {
  description = "The AWS Region of the functions; null takes it from the environment."
  type        = string
  default     = null
}

variable "name" {
  description = "Prefix of everything's name."
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

variable "read_domain" {
  description = "Your own names for the read address, and their certificate in us-east-1; null is CloudFront's name."
  type = object({
    names           = list(string)
    certificate_arn = string
  })
  default = null
}
