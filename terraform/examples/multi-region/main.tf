# Two Regions: the tables are replicated, and both Regions take and return logs. Senders use the nearer address, or the
# second one when the first is down. Each write is paid once in each Region, and traffic between them. What one Region
# takes shows in the other after a second or so; idempotency keys hold within a Region, so a retry that changes Region
# may store its batch twice.

terraform {
  required_version = ">= 1.11"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 6.28, < 7.0"
    }
  }
}

provider "aws" {
  region = var.region
}

provider "aws" {
  alias  = "standby"
  region = var.standby_region
}

module "log_service" {
  source = "../../modules/log-service"

  name                = var.name
  ingest              = { package_path = var.ingest_package_path }
  read                = { package_path = var.read_package_path }
  maintenance         = { package_path = var.maintenance_package_path }
  deletion_protection = var.deletion_protection
  replicated          = true
}

module "standby" {
  source    = "../../modules/log-service"
  providers = { aws = aws.standby }

  name                = var.name
  ingest              = { package_path = var.ingest_package_path }
  read                = { package_path = var.read_package_path }
  maintenance         = { package_path = var.maintenance_package_path }
  deletion_protection = var.deletion_protection

  replica_of = {
    chunks_table_arn = module.log_service.chunks_table_arn
    keys_table_arn   = module.log_service.keys_table_arn
  }
}
