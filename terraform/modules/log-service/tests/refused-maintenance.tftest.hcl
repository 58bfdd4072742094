# Wrong values of var.maintenance: one run for each validation.

mock_provider "aws" { source = "./tests/mocks" }

variables {
  ingest = { package_path = "./tests/fixtures/function.zip" }
  read   = { package_path = "./tests/fixtures/function.zip" }
}

run "maintenance_version_is_a_number" {
  command = plan
  variables {
    maintenance = { package_path = "./tests/fixtures/function.zip", version = "$LATEST" }
  }
  expect_failures = [var.maintenance]
}

run "maintenance_memory_is_in_range" {
  command = plan
  variables {
    maintenance = { package_path = "./tests/fixtures/function.zip", memory_mb = 128 }
  }
  expect_failures = [var.maintenance]
}

run "maintenance_has_time_to_work" {
  command = plan
  variables {
    maintenance = { package_path = "./tests/fixtures/function.zip", timeout_seconds = 59 }
  }
  expect_failures = [var.maintenance]
}

run "maintenance_reserves_two" {
  command = plan
  variables {
    maintenance = { package_path = "./tests/fixtures/function.zip", reserved_concurrency = 1 }
  }
  expect_failures = [var.maintenance]
}

run "maintenance_authorization_is_known" {
  command = plan
  variables {
    maintenance = { package_path = "./tests/fixtures/function.zip", authorization = "CUSTOM" }
  }
  expect_failures = [var.maintenance]
}

run "maintenance_environment_is_its_own" {
  command = plan
  variables {
    maintenance = { package_path = "./tests/fixtures/function.zip", environment = { LOG_SERVICE_TABLE = "other" } }
  }
  expect_failures = [var.maintenance]
}
