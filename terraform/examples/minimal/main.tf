# The least that runs: three addresses, two tables, alarms that tell nobody yet. What `npm run deploy` applies.

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

  default_tags {
    tags = { ManagedBy = "terraform" }
  }
}

module "log_service" {
  source = "../../modules/log-service"

  name           = var.name
  runtime        = var.runtime
  retention_days = var.retention_days

  ingest = { package_path = var.ingest_package_path, version = var.ingest_version }
  read   = { package_path = var.read_package_path, version = var.read_version }

  maintenance = { package_path = var.maintenance_package_path, version = var.maintenance_version }

  # To try it and remove it again in one command each. An installation that matters starts from ../production.
  deletion_protection = var.deletion_protection
}
