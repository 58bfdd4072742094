# Who may come in beside the holders of API keys, and how much a tenant may send.

mock_provider "aws" { source = "./tests/mocks" }

variables {
  ingest      = { package_path = "./tests/fixtures/function.zip" }
  read        = { package_path = "./tests/fixtures/function.zip" }
  maintenance = { package_path = "./tests/fixtures/function.zip" }
}

run "functions_know_the_issuer_and_the_limit" {
  command = plan
  variables {
    tenant_bytes_per_day = 1000000000
    oidc                 = { issuer = "https://id.example.com", audience = "logs", scope_claim = "scp" }
  }

  assert {
    condition = alltrue([
      for function in [aws_lambda_function.ingest, aws_lambda_function.read] :
      function.environment[0].variables["LOG_SERVICE_TENANT_BYTES_PER_DAY"] == "1000000000" &&
      function.environment[0].variables["LOG_SERVICE_OIDC_ISSUER"] == "https://id.example.com" &&
      function.environment[0].variables["LOG_SERVICE_OIDC_AUDIENCE"] == "logs" &&
      function.environment[0].variables["LOG_SERVICE_OIDC_JWKS_URL"] == "" &&
      function.environment[0].variables["LOG_SERVICE_OIDC_TENANT_CLAIM"] == "tenant" &&
      function.environment[0].variables["LOG_SERVICE_OIDC_SCOPE_CLAIM"] == "scp" &&
      function.environment[0].variables["LOG_SERVICE_OIDC_ALGORITHMS"] == "RS256,ES256" &&
      function.environment[0].variables["LOG_SERVICE_OIDC_CLOCK_TOLERANCE_S"] == "30"
    ])
    error_message = "both functions must take the same tokens and hold tenants to the same limit"
  }
}
