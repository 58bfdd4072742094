# One wrong value for every validation of variables.tf: each must be refused, and by that variable.

mock_provider "aws" { source = "./tests/mocks" }

variables {
  name = "logs"
  read = { function_name = "logs-read", alias = "live", url = "https://read.lambda-url.eu-west-1.on.aws" }
}

run "name_with_a_capital" {
  command = plan
  variables {
    name = "Logs"
  }
  expect_failures = [var.name]
}

run "read_certificate_of_another_region" {
  command = plan
  variables {
    read = {
      function_name = "logs-read"
      alias         = "live"
      url           = "https://read.lambda-url.eu-west-1.on.aws"
      domain        = { names = ["logs.example.com"], certificate_arn = "arn:aws:acm:eu-west-1:123456789012:certificate/1" }
    }
  }
  expect_failures = [var.read]
}

run "read_domain_without_a_name" {
  command = plan
  variables {
    read = {
      function_name = "logs-read"
      alias         = "live"
      url           = "https://read.lambda-url.eu-west-1.on.aws"
      domain        = { names = [], certificate_arn = "arn:aws:acm:us-east-1:123456789012:certificate/1" }
    }
  }
  expect_failures = [var.read]
}

run "ingest_certificate_of_another_region" {
  command = plan
  variables {
    ingest = {
      function_name = "logs-ingest"
      alias         = "live"
      url           = "https://ingest.lambda-url.eu-west-1.on.aws"
      domain        = { names = ["in.example.com"], certificate_arn = "arn:aws:acm:eu-west-1:123456789012:certificate/1" }
    }
  }
  expect_failures = [var.ingest]
}

run "ingest_domain_without_a_name" {
  command = plan
  variables {
    ingest = {
      function_name = "logs-ingest"
      alias         = "live"
      url           = "https://ingest.lambda-url.eu-west-1.on.aws"
      domain        = { names = [], certificate_arn = "arn:aws:acm:us-east-1:123456789012:certificate/1" }
    }
  }
  expect_failures = [var.ingest]
}

run "rate_below_what_waf_takes" {
  command = plan
  variables {
    requests_per_address_in_5_minutes = 5
  }
  expect_failures = [var.requests_per_address_in_5_minutes]
}

run "price_class_unknown" {
  command = plan
  variables {
    price_class = "PriceClass_300"
  }
  expect_failures = [var.price_class]
}

run "log_retention_not_of_cloudwatch" {
  command = plan
  variables {
    log_retention_days = 31
  }
  expect_failures = [var.log_retention_days]
}
