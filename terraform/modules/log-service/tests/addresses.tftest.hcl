mock_provider "aws" { source = "./tests/mocks" }

variables {
  ingest      = { package_path = "./tests/fixtures/function.zip" }
  read        = { package_path = "./tests/fixtures/function.zip" }
  maintenance = { package_path = "./tests/fixtures/function.zip" }
}

run "a_public_url_has_both_permissions" {
  assert {
    condition = alltrue([
      for permission in [aws_lambda_permission.ingest_url[0], aws_lambda_permission.read_url[0]] :
      permission.action == "lambda:InvokeFunctionUrl" && permission.principal == "*" && permission.function_url_auth_type == "NONE"
    ])
    error_message = "the URL itself must be callable"
  }
  assert {
    condition = alltrue([
      for permission in [aws_lambda_permission.ingest_url_invoke[0], aws_lambda_permission.read_url_invoke[0]] :
      permission.action == "lambda:InvokeFunction" && permission.principal == "*" && permission.invoked_via_function_url
    ])
    error_message = "without the second permission each request gets 403; without its condition anyone could invoke the function directly"
  }
  assert {
    condition = alltrue([
      for permission in [aws_lambda_permission.ingest_url[0], aws_lambda_permission.ingest_url_invoke[0]] :
      permission.function_name == aws_lambda_function_url.ingest.function_name && permission.qualifier == aws_lambda_function_url.ingest.qualifier
    ])
    error_message = "ingest's permissions must be for the function and the alias of its URL"
  }
  assert {
    condition = alltrue([
      for permission in [aws_lambda_permission.read_url[0], aws_lambda_permission.read_url_invoke[0]] :
      permission.function_name == aws_lambda_function_url.read.function_name && permission.qualifier == aws_lambda_function_url.read.qualifier
    ])
    error_message = "read's permissions must be for the function and the alias of its URL"
  }
}

run "a_signed_url_has_no_public_permission" {
  command = plan
  variables {
    ingest = { package_path = "./tests/fixtures/function.zip", authorization = "AWS_IAM" }
    read   = { package_path = "./tests/fixtures/function.zip", authorization = "AWS_IAM" }
  }

  assert {
    condition = (
      length(aws_lambda_permission.ingest_url) == 0 && length(aws_lambda_permission.ingest_url_invoke) == 0 &&
      length(aws_lambda_permission.read_url) == 0 && length(aws_lambda_permission.read_url_invoke) == 0
    )
    error_message = "who may sign is said by IAM, or by modules/edge"
  }
  assert {
    condition     = alltrue([for url in [aws_lambda_function_url.ingest, aws_lambda_function_url.read] : url.authorization_type == "AWS_IAM"])
    error_message = "both URLs must ask for signatures"
  }
}

run "urls_belong_to_the_live_alias" {
  command = plan

  assert {
    condition     = alltrue([for url in [aws_lambda_function_url.ingest, aws_lambda_function_url.read] : url.qualifier == "live"])
    error_message = "a URL of the function itself could not be rolled back"
  }
}

run "cors_is_set_at_the_url" {
  command = plan

  assert {
    condition     = aws_lambda_function_url.ingest.cors[0].allow_methods == toset(["POST"])
    error_message = "ingest takes POST"
  }
  assert {
    condition     = aws_lambda_function_url.read.cors[0].allow_methods == toset(["GET", "HEAD"])
    error_message = "read takes GET and HEAD"
  }
  assert {
    condition = alltrue(flatten([
      for url in [aws_lambda_function_url.ingest, aws_lambda_function_url.read] : [
        for method in url.cors[0].allow_methods : length(method) <= 6
      ]
    ]))
    error_message = "Lambda refuses methods of more than six characters, OPTIONS among them"
  }
  assert {
    condition = alltrue([
      for url in [aws_lambda_function_url.ingest, aws_lambda_function_url.read] :
      url.cors[0].allow_origins == toset(["*"]) && !url.cors[0].allow_credentials
    ])
    error_message = "any origin, but never with credentials"
  }
  assert {
    condition = alltrue([
      for url in [aws_lambda_function_url.ingest, aws_lambda_function_url.read] :
      length(setsubtract(["authorization", "content-encoding", "content-type", "idempotency-key", "x-api-key"], url.cors[0].allow_headers)) == 0
    ])
    error_message = "a page must be able to send a key, a type, an encoding and an idempotency key"
  }
  assert {
    condition     = alltrue([for url in [aws_lambda_function_url.ingest, aws_lambda_function_url.read] : url.cors[0].max_age <= 86400])
    error_message = "Lambda takes a day at most"
  }
  # CORS headers of a function would come twice.
  assert {
    condition = alltrue(flatten([
      for function in [aws_lambda_function.ingest, aws_lambda_function.read] : [
        for name, value in function.environment[0].variables : !strcontains(name, "CORS")
      ]
    ]))
    error_message = "functions know nothing of CORS"
  }
}

run "origins_can_be_narrowed" {
  command = plan
  variables {
    cors_allow_origins = ["https://logs.example.com", "http://localhost:5173"]
  }

  assert {
    condition = alltrue([
      for url in [aws_lambda_function_url.ingest, aws_lambda_function_url.read] :
      url.cors[0].allow_origins == toset(["https://logs.example.com", "http://localhost:5173"])
    ])
    error_message = "both URLs must take these origins only"
  }
}

run "answers_are_buffered_unless_asked_for" {
  command = plan

  assert {
    condition     = alltrue([for url in [aws_lambda_function_url.ingest, aws_lambda_function_url.read] : url.invoke_mode == "BUFFERED"])
    error_message = "answers are buffered by default"
  }
}

run "read_can_stream" {
  command = plan
  variables {
    read = { package_path = "./tests/fixtures/function.zip", invoke_mode = "RESPONSE_STREAM", timeout_seconds = 300 }
  }

  assert {
    condition     = aws_lambda_function_url.read.invoke_mode == "RESPONSE_STREAM" && aws_lambda_function_url.ingest.invoke_mode == "BUFFERED"
    error_message = "read, and only read, streams"
  }
  assert {
    condition     = aws_lambda_function.read.environment[0].variables["LOG_SERVICE_INVOKE_MODE"] == "RESPONSE_STREAM"
    error_message = "the function knows how its URL invokes it"
  }
}

run "addresses_end_without_a_slash" {
  assert {
    condition     = output.ingest_url == "https://mocked.lambda-url.eu-west-1.on.aws" && output.read_url == "https://mocked.lambda-url.eu-west-1.on.aws"
    error_message = "a path is put behind the address"
  }
}
