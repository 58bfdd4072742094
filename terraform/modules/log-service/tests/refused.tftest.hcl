# One wrong value for every validation of variables.tf: each must be refused, and by that variable.

mock_provider "aws" { source = "./tests/mocks" }

variables {
  ingest = { package_path = "./tests/fixtures/function.zip" }
  read   = { package_path = "./tests/fixtures/function.zip" }
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

run "ingest_version_is_no_number" {
  command = plan
  variables {
    ingest = { package_path = "./tests/fixtures/function.zip", version = "$LATEST" }
  }
  expect_failures = [var.ingest]
}

run "ingest_memory_too_small" {
  command = plan
  variables {
    ingest = { package_path = "./tests/fixtures/function.zip", memory_mb = 64 }
  }
  expect_failures = [var.ingest]
}

run "ingest_memory_not_whole" {
  command = plan
  variables {
    ingest = { package_path = "./tests/fixtures/function.zip", memory_mb = 512.5 }
  }
  expect_failures = [var.ingest]
}

run "ingest_timeout_too_short" {
  command = plan
  variables {
    ingest = { package_path = "./tests/fixtures/function.zip", timeout_seconds = 1 }
    alarms = { ingest_duration_p99_ms = 900, read_duration_p99_ms = 900 }
  }
  expect_failures = [var.ingest]
}

run "ingest_timeout_too_long" {
  command = plan
  variables {
    ingest = { package_path = "./tests/fixtures/function.zip", timeout_seconds = 31 }
  }
  expect_failures = [var.ingest]
}

run "ingest_concurrency_zero" {
  command = plan
  variables {
    ingest = { package_path = "./tests/fixtures/function.zip", reserved_concurrency = 0 }
  }
  expect_failures = [var.ingest]
}

run "ingest_authorization_unknown" {
  command = plan
  variables {
    ingest = { package_path = "./tests/fixtures/function.zip", authorization = "API_KEY" }
  }
  expect_failures = [var.ingest]
}

run "ingest_environment_with_the_modules_own" {
  command = plan
  variables {
    ingest = { package_path = "./tests/fixtures/function.zip", environment = { LOG_SERVICE_TABLE = "other" } }
  }
  expect_failures = [var.ingest]
}

run "read_version_is_no_number" {
  command = plan
  variables {
    read = { package_path = "./tests/fixtures/function.zip", version = "$LATEST" }
  }
  expect_failures = [var.read]
}

run "read_memory_too_small" {
  command = plan
  variables {
    read = { package_path = "./tests/fixtures/function.zip", memory_mb = 64 }
  }
  expect_failures = [var.read]
}

run "read_memory_not_whole" {
  command = plan
  variables {
    read = { package_path = "./tests/fixtures/function.zip", memory_mb = 512.5 }
  }
  expect_failures = [var.read]
}

run "read_timeout_too_short" {
  command = plan
  variables {
    read   = { package_path = "./tests/fixtures/function.zip", timeout_seconds = 1 }
    alarms = { ingest_duration_p99_ms = 900, read_duration_p99_ms = 900 }
  }
  expect_failures = [var.read]
}

run "read_timeout_too_long" {
  command = plan
  variables {
    read = { package_path = "./tests/fixtures/function.zip", timeout_seconds = 901 }
  }
  expect_failures = [var.read]
}

run "read_concurrency_zero" {
  command = plan
  variables {
    read = { package_path = "./tests/fixtures/function.zip", reserved_concurrency = 0 }
  }
  expect_failures = [var.read]
}

run "read_authorization_unknown" {
  command = plan
  variables {
    read = { package_path = "./tests/fixtures/function.zip", authorization = "API_KEY" }
  }
  expect_failures = [var.read]
}

run "read_environment_with_the_modules_own" {
  command = plan
  variables {
    read = { package_path = "./tests/fixtures/function.zip", environment = { LOG_SERVICE_TABLE = "other" } }
  }
  expect_failures = [var.read]
}

run "read_invoke_mode_unknown" {
  command = plan
  variables {
    read = { package_path = "./tests/fixtures/function.zip", invoke_mode = "STREAM" }
  }
  expect_failures = [var.read]
}

run "read_streams_in_a_vpc" {
  command = plan
  variables {
    read = { package_path = "./tests/fixtures/function.zip", invoke_mode = "RESPONSE_STREAM" }
    vpc  = { vpc_id = "vpc-1", subnet_ids = ["subnet-a"], route_table_ids = ["rtb-1"] }
  }
  expect_failures = [var.read]
}

run "runtime_too_old" {
  command = plan
  variables {
    runtime = "nodejs20.x"
  }
  expect_failures = [var.runtime]
}

run "runtime_of_another_language" {
  command = plan
  variables {
    runtime = "python3.13"
  }
  expect_failures = [var.runtime]
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

run "log_level_that_drops_metrics" {
  command = plan
  variables {
    log_level = "WARN"
  }
  expect_failures = [var.log_level]
}

run "log_retention_not_of_cloudwatch" {
  command = plan
  variables {
    log_retention_days = 31
  }
  expect_failures = [var.log_retention_days]
}

run "origin_with_a_slash" {
  command = plan
  variables {
    cors_allow_origins = ["https://logs.example.com/"]
  }
  expect_failures = [var.cors_allow_origins]
}

run "origin_without_a_scheme" {
  command = plan
  variables {
    cors_allow_origins = ["logs.example.com"]
  }
  expect_failures = [var.cors_allow_origins]
}

run "origin_beside_any" {
  command = plan
  variables {
    cors_allow_origins = ["*", "https://logs.example.com"]
  }
  expect_failures = [var.cors_allow_origins]
}

run "origins_empty" {
  command = plan
  variables {
    cors_allow_origins = []
  }
  expect_failures = [var.cors_allow_origins]
}

run "recovery_too_long" {
  command = plan
  variables {
    point_in_time_recovery_days = 36
  }
  expect_failures = [var.point_in_time_recovery_days]
}

run "recovery_negative" {
  command = plan
  variables {
    point_in_time_recovery_days = -1
  }
  expect_failures = [var.point_in_time_recovery_days]
}

run "cap_zero" {
  command = plan
  variables {
    throughput_caps = { write_units_per_second = 0, read_units_per_second = 100 }
  }
  expect_failures = [var.throughput_caps]
}

run "cap_not_whole" {
  command = plan
  variables {
    throughput_caps = { write_units_per_second = 100, read_units_per_second = 0.5 }
  }
  expect_failures = [var.throughput_caps]
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

run "alarm_address_is_none" {
  command = plan
  variables {
    alarms = { email_addresses = ["oncall"] }
  }
  expect_failures = [var.alarms]
}

run "alarm_addresses_with_a_given_topic" {
  command = plan
  variables {
    alarms = { topic_arn = "arn:aws:sns:eu-west-1:123456789012:oncall", email_addresses = ["oncall@example.com"] }
  }
  expect_failures = [var.alarms]
}

run "alarm_addresses_without_alarms" {
  command = plan
  variables {
    alarms = { enabled = false, email_addresses = ["oncall@example.com"] }
  }
  expect_failures = [var.alarms]
}

run "alarm_topic_without_alarms" {
  command = plan
  variables {
    alarms = { enabled = false, topic_arn = "arn:aws:sns:eu-west-1:123456789012:oncall" }
  }
  expect_failures = [var.alarms]
}

run "alarm_on_no_error" {
  command = plan
  variables {
    alarms = { error_count = 0 }
  }
  expect_failures = [var.alarms]
}

run "alarm_past_the_timeout" {
  command = plan
  variables {
    alarms = { ingest_duration_p99_ms = 15000 }
  }
  expect_failures = [var.alarms]
}

run "alarm_on_any_refusal" {
  command = plan
  variables {
    alarms = { rejected_share_percent = 0 }
  }
  expect_failures = [var.alarms]
}

run "budget_of_nothing" {
  command = plan
  variables {
    budget = { limit_usd = 0, email_addresses = ["platform@example.com"] }
  }
  expect_failures = [var.budget]
}

run "budget_for_nobody" {
  command = plan
  variables {
    budget = { limit_usd = 25, email_addresses = [] }
  }
  expect_failures = [var.budget]
}

run "budget_address_is_none" {
  command = plan
  variables {
    budget = { limit_usd = 25, email_addresses = ["platform"] }
  }
  expect_failures = [var.budget]
}

run "replica_of_a_name" {
  command = plan
  variables {
    replica_of = { chunks_table_arn = "logs-chunks", keys_table_arn = "arn:aws:dynamodb:us-east-1:123456789012:table/logs-keys" }
  }
  expect_failures = [var.replica_of]
}

run "replica_of_a_replica" {
  command = plan
  variables {
    replica_of = { chunks_table_arn = "arn:aws:dynamodb:us-east-1:123456789012:table/logs-chunks", keys_table_arn = "arn:aws:dynamodb:us-east-1:123456789012:table/logs-keys" }
    replicated = true
  }
  expect_failures = [var.replica_of]
}

run "replica_with_caps" {
  command = plan
  variables {
    replica_of      = { chunks_table_arn = "arn:aws:dynamodb:us-east-1:123456789012:table/logs-chunks", keys_table_arn = "arn:aws:dynamodb:us-east-1:123456789012:table/logs-keys" }
    throughput_caps = { write_units_per_second = 1, read_units_per_second = 1 }
  }
  expect_failures = [var.replica_of]
}

run "boundary_of_aws" {
  command = plan
  variables {
    permissions_boundary_arn = "arn:aws:iam::aws:policy/PowerUserAccess"
  }
  expect_failures = [var.permissions_boundary_arn]
}
