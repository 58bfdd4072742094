mock_provider "aws" {
  mock_data "aws_caller_identity" {
    defaults = { account_id = "123456789012" }
  }
  mock_data "aws_partition" {
    defaults = { partition = "aws" }
  }
  mock_data "aws_region" {
    defaults = { id = "eu-west-1" }
  }
}

run "the_bucket_is_named_after_account_and_region" {
  command = plan

  assert {
    condition     = aws_s3_bucket.state.bucket == "log-service-state-123456789012-eu-west-1"
    error_message = "one name for the whole world"
  }
  assert {
    condition     = !aws_s3_bucket.state.force_destroy
    error_message = "a bucket with a state in it must stay"
  }
}

run "earlier_states_are_kept" {
  command = plan

  assert {
    condition     = aws_s3_bucket_versioning.state.versioning_configuration[0].status == "Enabled"
    error_message = "versions are the way back"
  }
  assert {
    condition     = aws_s3_bucket_lifecycle_configuration.state.rule[0].noncurrent_version_expiration[0].noncurrent_days == 90
    error_message = "and do not pile up"
  }
}

run "nothing_is_public" {
  command = plan

  assert {
    condition = (
      aws_s3_bucket_public_access_block.state.block_public_acls && aws_s3_bucket_public_access_block.state.block_public_policy &&
      aws_s3_bucket_public_access_block.state.ignore_public_acls && aws_s3_bucket_public_access_block.state.restrict_public_buckets
    )
    error_message = "all four"
  }
  assert {
    condition     = aws_s3_bucket_ownership_controls.state.rule[0].object_ownership == "BucketOwnerEnforced"
    error_message = "no access lists"
  }
}

run "only_tls_is_taken" {
  command = plan

  assert {
    condition = jsondecode(aws_s3_bucket_policy.state.policy).Statement == [{
      Sid       = "TlsOnly"
      Effect    = "Deny"
      Principal = "*"
      Action    = "s3:*"
      Resource  = ["arn:aws:s3:::log-service-state-123456789012-eu-west-1", "arn:aws:s3:::log-service-state-123456789012-eu-west-1/*"]
      Condition = { Bool = { "aws:SecureTransport" = "false" } }
    }]
    error_message = "for the bucket and all in it"
  }
}

run "a_given_name_is_used" {
  variables {
    bucket = "studio-state"
  }

  assert {
    condition     = output.bucket == "studio-state" && output.backend_config == "bucket = \"studio-state\"\nregion = \"eu-west-1\"\n"
    error_message = "the backend's configuration names it"
  }
}

run "a_wrong_name_is_refused" {
  command = plan
  variables {
    bucket = "Studio_State"
  }
  expect_failures = [var.bucket]
}
