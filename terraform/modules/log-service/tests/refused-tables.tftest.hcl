# One wrong value for every validation of variables-tables.tf: each must be refused, and by that variable.

mock_provider "aws" { source = "./tests/mocks" }

variables {
  ingest      = { package_path = "./tests/fixtures/function.zip" }
  read        = { package_path = "./tests/fixtures/function.zip" }
  maintenance = { package_path = "./tests/fixtures/function.zip" }
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
