# What the mocked provider answers. Without these every computed string is random, and no policy could be compared.

mock_data "aws_caller_identity" {
  defaults = { account_id = "123456789012" }
}

mock_data "aws_partition" {
  defaults = { partition = "aws", dns_suffix = "amazonaws.com" }
}

mock_data "aws_region" {
  defaults = { id = "eu-west-1" }
}

mock_resource "aws_dynamodb_table" {
  defaults = { arn = "arn:aws:dynamodb:eu-west-1:123456789012:table/mocked" }
}

mock_resource "aws_dynamodb_table_replica" {
  defaults = { arn = "arn:aws:dynamodb:eu-west-1:123456789012:table/replica" }
}

mock_resource "aws_iam_role" {
  defaults = { arn = "arn:aws:iam::123456789012:role/mocked" }
}

mock_resource "aws_cloudwatch_log_group" {
  defaults = { arn = "arn:aws:logs:eu-west-1:123456789012:log-group:mocked" }
}

mock_resource "aws_lambda_function" {
  defaults = {
    arn     = "arn:aws:lambda:eu-west-1:123456789012:function:mocked"
    version = "7"
  }
}

mock_resource "aws_lambda_function_url" {
  defaults = { function_url = "https://mocked.lambda-url.eu-west-1.on.aws/" }
}

mock_resource "aws_sns_topic" {
  defaults = { arn = "arn:aws:sns:eu-west-1:123456789012:mocked" }
}

mock_resource "aws_kms_key" {
  defaults = {
    arn    = "arn:aws:kms:eu-west-1:123456789012:key/mocked"
    key_id = "mocked"
  }
}

mock_resource "aws_vpc_endpoint" {
  defaults = { prefix_list_id = "pl-mocked" }
}
