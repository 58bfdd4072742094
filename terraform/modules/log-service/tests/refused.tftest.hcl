# One wrong value for every validation of variables.tf: each must be refused, and by that variable.

mock_provider "aws" { source = "./tests/mocks" }

variables {
  ingest      = { package_path = "./tests/fixtures/function.zip" }
  read        = { package_path = "./tests/fixtures/function.zip" }
  maintenance = { package_path = "./tests/fixtures/function.zip" }
}

run "name_capital" {
  command = plan
  variables {
    name = "Logs"
  }
  expect_failures = [var.name]
}

run "name_ending_hyphen" {
  command = plan
  variables {
    name = "a-"
  }
  expect_failures = [var.name]
}

run "name_leading_digit" {
  command = plan
  variables {
    name = "1logs"
  }
  expect_failures = [var.name]
}

run "name_too_long" {
  command = plan
  variables {
    name = "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
  }
  expect_failures = [var.name]
}

run "tags_with_the_modules_own_key" {
  command = plan
  variables {
    tags = { LogService = "mine" }
  }
  expect_failures = [var.tags]
}

run "retention_zero" {
  command = plan
  variables {
    retention_days = 0
  }
  expect_failures = [var.retention_days]
}

run "retention_not_whole" {
  command = plan
  variables {
    retention_days = 1.5
  }
  expect_failures = [var.retention_days]
}

run "key_is_an_alias" {
  command = plan
  variables {
    kms_key_arn = "arn:aws:kms:eu-west-1:123456789012:alias/logs"
  }
  expect_failures = [var.kms_key_arn]
}

run "key_given_and_created" {
  command = plan
  variables {
    kms_key_arn    = "arn:aws:kms:eu-west-1:123456789012:key/given"
    create_kms_key = true
  }
  expect_failures = [var.kms_key_arn]
}

run "key_deleted_too_soon" {
  command = plan
  variables {
    kms_deletion_window_days = 1
  }
  expect_failures = [var.kms_deletion_window_days]
}

run "vpc_without_a_subnet" {
  command = plan
  variables {
    vpc = { vpc_id = "vpc-1", subnet_ids = [], route_table_ids = ["rtb-1"] }
  }
  expect_failures = [var.vpc]
}

run "vpc_without_a_way_to_dynamodb" {
  command = plan
  variables {
    vpc = { vpc_id = "vpc-1", subnet_ids = ["subnet-a"] }
  }
  expect_failures = [var.vpc]
}

run "vpc_with_two_ways_to_dynamodb" {
  command = plan
  variables {
    vpc = { vpc_id = "vpc-1", subnet_ids = ["subnet-a"], route_table_ids = ["rtb-1"], dynamodb_prefix_list_id = "pl-1" }
  }
  expect_failures = [var.vpc]
}

run "boundary_of_aws" {
  command = plan
  variables {
    permissions_boundary_arn = "arn:aws:iam::aws:policy/PowerUserAccess"
  }
  expect_failures = [var.permissions_boundary_arn]
}
