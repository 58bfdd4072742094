# An installation that matters: a customer key, protected tables, a ceiling for throughput, alarms and a budget that
# tell someone. The settings are in terraform.tfvars, see terraform.tfvars.example. Keep its state in S3: see
# ../remote-state, whose backend block goes here.

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

  # A plan with the wrong profile must fail, not build a second installation.
  allowed_account_ids = var.account_id == null ? null : [var.account_id]

  default_tags {
    tags = {
      ManagedBy   = "terraform"
      Environment = "production"
    }
  }
}

module "log_service" {
  source = "../../modules/log-service"

  name           = var.name
  runtime        = var.runtime
  retention_days = var.retention_days

  ingest = {
    package_path         = var.ingest_package_path
    version              = var.ingest_version
    reserved_concurrency = var.ingest_reserved_concurrency
  }
  read = {
    package_path         = var.read_package_path
    version              = var.read_version
    reserved_concurrency = var.read_reserved_concurrency
  }
  maintenance = {
    package_path = var.maintenance_package_path
    version      = var.maintenance_version
  }

  cors_allow_origins = var.cors_allow_origins

  create_kms_key              = true
  deletion_protection         = var.deletion_protection
  point_in_time_recovery_days = 35
  throughput_caps             = var.throughput_caps

  log_retention_days = 365
  vpc                = var.vpc

  alarms = { email_addresses = var.alarm_email_addresses }
  budget = var.monthly_budget_usd == null ? null : {
    limit_usd       = var.monthly_budget_usd
    email_addresses = var.alarm_email_addresses
  }

  permissions_boundary_arn = var.permissions_boundary_arn
}
