# One wrong value for every validation of variables-alarms.tf: each must be refused, and by that variable.

mock_provider "aws" { source = "./tests/mocks" }

variables {
  ingest      = { package_path = "./tests/fixtures/function.zip" }
  read        = { package_path = "./tests/fixtures/function.zip" }
  maintenance = { package_path = "./tests/fixtures/function.zip" }
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
