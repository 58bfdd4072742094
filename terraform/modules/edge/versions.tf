terraform {
  # 1.11 brought the S3 backend's own locking out of beta, which the remote-state example uses.
  required_version = ">= 1.11"

  required_providers {
    aws = {
      source = "hashicorp/aws"
      # 6.28 brought aws_lambda_permission.invoked_via_function_url, without which a URL answers 403.
      version = ">= 6.28, < 7.0"
    }
  }
}
