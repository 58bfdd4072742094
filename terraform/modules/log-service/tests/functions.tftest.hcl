mock_provider "aws" { source = "./tests/mocks" }

variables {
  ingest      = { package_path = "./tests/fixtures/function.zip" }
  read        = { package_path = "./tests/fixtures/function.zip" }
  maintenance = { package_path = "./tests/fixtures/function.zip" }
}

run "functions_run_the_built_packages" {
  command = plan

  assert {
    condition = alltrue([
      for function in [aws_lambda_function.ingest, aws_lambda_function.read] :
      function.runtime == "nodejs24.x" && function.handler == "index.handler" && function.architectures == tolist(["arm64"])
    ])
    error_message = "both functions run index.handler on Node 24 on arm64"
  }
  assert {
    condition = alltrue([
      for function in [aws_lambda_function.ingest, aws_lambda_function.read] :
      function.filename == "./tests/fixtures/function.zip" && function.source_code_hash == filebase64sha256("./tests/fixtures/function.zip")
    ])
    error_message = "a changed zip must show as a changed hash"
  }
  assert {
    condition     = aws_lambda_function.ingest.function_name == "log-service-ingest" && aws_lambda_function.read.function_name == "log-service-read"
    error_message = "functions are named after the installation"
  }
}

run "functions_know_the_tables_and_the_retention" {
  command = plan
  variables {
    name           = "game-logs"
    retention_days = 90
    read = {
      package_path = "./tests/fixtures/function.zip"
      environment  = { LOG_SERVICE_OIDC_ISSUER = "https://id.example.com" }
    }
  }

  assert {
    condition = aws_lambda_function.ingest.environment[0].variables == tomap({
      LOG_SERVICE_TABLE          = "game-logs-chunks"
      LOG_SERVICE_KEYS_TABLE     = "game-logs-keys"
      LOG_SERVICE_RETENTION_DAYS = "90"
    })
    error_message = "ingest's environment is these three, and no secret"
  }
  assert {
    condition = aws_lambda_function.read.environment[0].variables == tomap({
      LOG_SERVICE_TABLE          = "game-logs-chunks"
      LOG_SERVICE_KEYS_TABLE     = "game-logs-keys"
      LOG_SERVICE_RETENTION_DAYS = "90"
      LOG_SERVICE_INVOKE_MODE    = "BUFFERED"
      LOG_SERVICE_OIDC_ISSUER    = "https://id.example.com"
    })
    error_message = "further settings are added"
  }
}

run "functions_write_json_and_no_platform_lines" {
  command = plan

  assert {
    condition = alltrue([
      for function in [aws_lambda_function.ingest, aws_lambda_function.read] :
      function.logging_config[0].log_format == "JSON" && function.logging_config[0].system_log_level == "WARN" &&
      function.logging_config[0].application_log_level == "INFO"
    ])
    error_message = "START, END and REPORT lines cost more than the logs they tell about"
  }
}

run "log_groups_come_first_and_expire" {
  command = plan
  variables {
    log_retention_days = 90
  }

  # The function names its group by reference, which is what makes Terraform create the group first.
  assert {
    condition = (
      aws_lambda_function.ingest.logging_config[0].log_group == aws_cloudwatch_log_group.ingest.name &&
      aws_lambda_function.read.logging_config[0].log_group == aws_cloudwatch_log_group.read.name
    )
    error_message = "each function writes to its own group"
  }
  assert {
    condition     = aws_cloudwatch_log_group.ingest.name == "/aws/lambda/log-service-ingest" && aws_cloudwatch_log_group.read.name == "/aws/lambda/log-service-read"
    error_message = "groups have the names where Lambda's pages look"
  }
  assert {
    condition     = alltrue([for group in [aws_cloudwatch_log_group.ingest, aws_cloudwatch_log_group.read] : group.retention_in_days == 90])
    error_message = "no group is kept for ever"
  }
}

run "nothing_is_reserved_by_default" {
  # A number that is not set is null or 0 under the mocked provider, and 0 itself is refused by the variable.
  assert {
    condition     = alltrue([for function in [aws_lambda_function.ingest, aws_lambda_function.read] : coalesce(function.reserved_concurrent_executions, 0) == 0])
    error_message = "a new account has a quota of 10, of which nothing can be reserved"
  }
  assert {
    condition     = alltrue([for function in [aws_lambda_function.ingest, aws_lambda_function.read] : length(function.vpc_config) == 0])
    error_message = "no VPC by default"
  }
}

run "sizes_can_be_set_by_function" {
  command = plan
  variables {
    ingest = { package_path = "./tests/fixtures/function.zip", memory_mb = 1769, timeout_seconds = 20, reserved_concurrency = 50 }
  }

  assert {
    condition = (
      aws_lambda_function.ingest.memory_size == 1769 && aws_lambda_function.ingest.timeout == 20 &&
      aws_lambda_function.ingest.reserved_concurrent_executions == 50
    )
    error_message = "the ingest function must have the sizes given"
  }
  assert {
    condition     = aws_lambda_function.read.memory_size == 1024 && aws_lambda_function.read.timeout == 30
    error_message = "the read function must keep its own"
  }
}

run "addresses_serve_the_newest_version" {
  assert {
    condition     = alltrue([for function in [aws_lambda_function.ingest, aws_lambda_function.read] : function.publish])
    error_message = "each change must publish a version"
  }
  assert {
    condition = alltrue([
      for alias in [aws_lambda_alias.ingest, aws_lambda_alias.read] : alias.name == "live" && alias.function_version == "7"
    ])
    error_message = "the alias follows what was published"
  }
  assert {
    condition     = output.ingest_function.live_version == "7" && output.read_function.latest_version == "7"
    error_message = "the outputs tell which version is served"
  }
}

run "an_address_can_be_rolled_back" {
  variables {
    ingest = { package_path = "./tests/fixtures/function.zip", version = "6" }
  }

  assert {
    condition     = aws_lambda_alias.ingest.function_version == "6" && aws_lambda_alias.read.function_version == "7"
    error_message = "the alias of that function, and of no other, must go back"
  }
  assert {
    condition     = output.ingest_function.latest_version == "7" && output.ingest_function.live_version == "6"
    error_message = "the outputs tell that it is pinned"
  }
}

run "a_missing_package_is_refused" {
  command = plan
  variables {
    ingest = { package_path = "./tests/fixtures/missing.zip" }
    read   = { package_path = "./tests/fixtures/missing.zip" }
  }
  expect_failures = [aws_lambda_function.ingest, aws_lambda_function.read]
}
