# One wrong value for every validation of variables-access.tf: each must be refused, and by that variable.

mock_provider "aws" { source = "./tests/mocks" }

variables {
  ingest      = { package_path = "./tests/fixtures/function.zip" }
  read        = { package_path = "./tests/fixtures/function.zip" }
  maintenance = { package_path = "./tests/fixtures/function.zip" }
}

run "day_limit_below_zero" {
  command = plan
  variables {
    tenant_bytes_per_day = -1
  }
  expect_failures = [var.tenant_bytes_per_day]
}

run "day_limit_not_whole" {
  command = plan
  variables {
    tenant_bytes_per_day = 1.5
  }
  expect_failures = [var.tenant_bytes_per_day]
}

run "oidc_issuer_without_tls" {
  command = plan
  variables {
    oidc = { issuer = "http://id.example.com", audience = "logs" }
  }
  expect_failures = [var.oidc]
}

run "oidc_keys_without_tls" {
  command = plan
  variables {
    oidc = { issuer = "https://id.example.com", audience = "logs", jwks_url = "http://id.example.com/keys" }
  }
  expect_failures = [var.oidc]
}

run "oidc_without_audience" {
  command = plan
  variables {
    oidc = { issuer = "https://id.example.com", audience = "" }
  }
  expect_failures = [var.oidc]
}

run "oidc_with_shared_secrets" {
  command = plan
  variables {
    oidc = { issuer = "https://id.example.com", audience = "logs", algorithms = ["HS256"] }
  }
  expect_failures = [var.oidc]
}

run "oidc_tolerance_too_long" {
  command = plan
  variables {
    oidc = { issuer = "https://id.example.com", audience = "logs", clock_tolerance_seconds = 301 }
  }
  expect_failures = [var.oidc]
}
