# Optional: the functions that store and find in a VPC; the one that erases stays outside, see maintenance.tf. DynamoDB
# is reached through a gateway endpoint, which costs nothing; a NAT gateway ($33 a month) is not needed. A function in a
# VPC cannot stream its answers through its URL.

resource "aws_security_group" "functions" {
  count = var.vpc == null ? 0 : 1

  name        = "${var.name}-functions"
  description = "Log service ${var.name}: HTTPS to DynamoDB and nothing else"
  vpc_id      = var.vpc.vpc_id

  # No ingress: requests come through Lambda's URL, not through the network.
  egress {
    description     = "DynamoDB"
    protocol        = "tcp"
    from_port       = 443
    to_port         = 443
    prefix_list_ids = [coalesce(var.vpc.dynamodb_prefix_list_id, one(aws_vpc_endpoint.dynamodb[*].prefix_list_id))]
  }

  tags = local.tags
}

# It takes over all DynamoDB traffic of the subnets that use these route tables, and lets only ours through: give the
# functions subnets of their own, or name the prefix list of an endpoint that is there.
resource "aws_vpc_endpoint" "dynamodb" {
  count = try(var.vpc.dynamodb_prefix_list_id, "none") == null ? 1 : 0

  vpc_id            = var.vpc.vpc_id
  vpc_endpoint_type = "Gateway"
  service_name      = "com.amazonaws.${local.region}.dynamodb"
  route_table_ids   = var.vpc.route_table_ids

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      # An endpoint's policy can name principals by condition only.
      Sid       = "FunctionsToTables"
      Effect    = "Allow"
      Principal = "*"
      Action    = ["dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:Query", "dynamodb:UpdateItem"]
      Resource  = [local.chunks_table_arn, local.keys_table_arn]
      Condition = {
        ArnEquals = { "aws:PrincipalArn" = [aws_iam_role.ingest.arn, aws_iam_role.read.arn] }
      }
    }]
  })

  tags = local.tags
}
