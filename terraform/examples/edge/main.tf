# The read address behind CloudFront and WAF; ingest stays on its own address, since few agents can hash their bodies
# as CloudFront asks for (see ../../modules/edge). About $8 a month and $0.60 a million requests.

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

  name   = var.name
  ingest = { package_path = var.ingest_package_path }
  # Signed requests only: CloudFront signs, and nobody gets past it.
  read = { package_path = var.read_package_path, authorization = "AWS_IAM" }
  # What erases has an address of its own beside it.
  maintenance = { package_path = var.maintenance_package_path }
}

module "edge" {
  source = "../../modules/edge"

  name = var.name
  read = {
    function_name = module.log_service.read_function.name
    alias         = module.log_service.read_function.alias
    url           = module.log_service.read_url
    domain        = var.read_domain
  }
}
