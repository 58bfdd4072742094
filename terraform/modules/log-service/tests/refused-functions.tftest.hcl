# One wrong value for every validation of variables-functions.tf: each must be refused, and by that variable.

mock_provider "aws" { source = "./tests/mocks" }

variables {
  ingest      = { package_path = "./tests/fixtures/function.zip" }
  read        = { package_path = "./tests/fixtures/function.zip" }
  maintenance = { package_path = "./tests/fixtures/function.zip" }
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
