# The minimal installation with its state in S3, so that a team can share it. The bucket comes from ../../bootstrap:
#
#   terraform -chdir=../../bootstrap init && terraform -chdir=../../bootstrap apply
#   terraform -chdir=../../bootstrap output -raw backend_config > backend.hcl
#   terraform init -backend-config=backend.hcl && terraform apply

terraform {
  required_version = ">= 1.11"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 6.28, < 7.0"
    }
  }

  # Bucket and Region come from backend.hcl. The lock is a file beside the state, made by a conditional write: the
  # DynamoDB table that older guides ask for is deprecated. Who applies needs s3:GetObject and s3:PutObject on the key,
  # these and s3:DeleteObject on "<key>.tflock", and s3:ListBucket.
  backend "s3" {
    key          = "log-service/terraform.tfstate"
    encrypt      = true
    use_lockfile = true
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

  name        = var.name
  ingest      = { package_path = "../../../dist/lambda-ingest.zip" }
  read        = { package_path = "../../../dist/lambda-read.zip" }
  maintenance = { package_path = "../../../dist/lambda-maintenance.zip" }
}
