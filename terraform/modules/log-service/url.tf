# The addresses. CORS is set here and nowhere else: Lambda answers preflights by itself, for nothing, and adds its
# headers to the function's own, so that a function which set them too would send them twice, and browsers refuse that.

locals {
  # A page may send these. Names are lower case; x-amz-content-sha256 is needed through CloudFront (modules/edge).
  cors_allow_headers = [
    "accept",
    "authorization",
    "content-encoding",
    "content-type",
    "idempotency-key",
    "last-event-id",
    "x-amz-content-sha256",
    "x-api-key",
  ]
  cors_expose_headers = ["content-disposition", "retry-after", "x-request-id"]
}

resource "aws_lambda_function_url" "ingest" {
  #checkov:skip=CKV_AWS_258:the function checks an API key or token before it reads the body; AWS_IAM is a variable
  function_name      = aws_lambda_function.ingest.function_name
  qualifier          = aws_lambda_alias.ingest.name
  authorization_type = var.ingest.authorization
  invoke_mode        = "BUFFERED"

  cors {
    allow_origins  = var.cors_allow_origins
    allow_headers  = local.cors_allow_headers
    expose_headers = local.cors_expose_headers
    # At most six characters each: OPTIONS has seven, is refused, and is not needed.
    allow_methods = ["POST"]
    # Keys travel in headers that a page sets itself, never in cookies.
    allow_credentials = false
    max_age           = 86400
  }
}

resource "aws_lambda_function_url" "read" {
  #checkov:skip=CKV_AWS_258:the function checks an API key or token before it does anything; AWS_IAM is a variable
  function_name      = aws_lambda_function.read.function_name
  qualifier          = aws_lambda_alias.read.name
  authorization_type = var.read.authorization
  invoke_mode        = var.read.invoke_mode

  cors {
    allow_origins     = var.cors_allow_origins
    allow_headers     = local.cors_allow_headers
    expose_headers    = local.cors_expose_headers
    allow_methods     = ["GET", "HEAD"]
    allow_credentials = false
    max_age           = 86400
  }
}

# A public URL needs two statements since October 2025, InvokeFunctionUrl and InvokeFunction; without the second every
# request gets 403. The provider adds the second by itself when it creates a URL, but does not keep it in its state nor
# repair it. The qualifier must be the URL's.

resource "aws_lambda_permission" "ingest_url" {
  #checkov:skip=CKV_AWS_301:public on purpose, see aws_lambda_function_url.ingest
  count = var.ingest.authorization == "NONE" ? 1 : 0

  statement_id           = "PublicUrl"
  action                 = "lambda:InvokeFunctionUrl"
  function_name          = aws_lambda_function.ingest.function_name
  qualifier              = aws_lambda_alias.ingest.name
  principal              = "*"
  function_url_auth_type = "NONE"
}

resource "aws_lambda_permission" "ingest_url_invoke" {
  #checkov:skip=CKV_AWS_301:public on purpose, see aws_lambda_function_url.ingest
  count = var.ingest.authorization == "NONE" ? 1 : 0

  statement_id             = "PublicUrlInvoke"
  action                   = "lambda:InvokeFunction"
  function_name            = aws_lambda_function.ingest.function_name
  qualifier                = aws_lambda_alias.ingest.name
  principal                = "*"
  invoked_via_function_url = true
}

resource "aws_lambda_permission" "read_url" {
  #checkov:skip=CKV_AWS_301:public on purpose, see aws_lambda_function_url.read
  count = var.read.authorization == "NONE" ? 1 : 0

  statement_id           = "PublicUrl"
  action                 = "lambda:InvokeFunctionUrl"
  function_name          = aws_lambda_function.read.function_name
  qualifier              = aws_lambda_alias.read.name
  principal              = "*"
  function_url_auth_type = "NONE"
}

resource "aws_lambda_permission" "read_url_invoke" {
  #checkov:skip=CKV_AWS_301:public on purpose, see aws_lambda_function_url.read
  count = var.read.authorization == "NONE" ? 1 : 0

  statement_id             = "PublicUrlInvoke"
  action                   = "lambda:InvokeFunction"
  function_name            = aws_lambda_function.read.function_name
  qualifier                = aws_lambda_alias.read.name
  principal                = "*"
  invoked_via_function_url = true
}
