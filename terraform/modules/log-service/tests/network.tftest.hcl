mock_provider "aws" { source = "./tests/mocks" }

variables {
  ingest      = { package_path = "./tests/fixtures/function.zip" }
  read        = { package_path = "./tests/fixtures/function.zip" }
  maintenance = { package_path = "./tests/fixtures/function.zip" }
  vpc = {
    vpc_id          = "vpc-1"
    subnet_ids      = ["subnet-a", "subnet-b"]
    route_table_ids = ["rtb-1"]
  }
}

run "functions_run_in_the_subnets" {
  assert {
    condition = alltrue([
      for function in [aws_lambda_function.ingest, aws_lambda_function.read] :
      function.vpc_config[0].subnet_ids == toset(["subnet-a", "subnet-b"]) && function.vpc_config[0].security_group_ids == toset([aws_security_group.functions[0].id])
    ])
    error_message = "both functions must run in the subnets, behind the security group"
  }
}

run "only_dynamodb_can_be_reached" {
  assert {
    condition     = length(aws_security_group.functions[0].ingress) == 0
    error_message = "nothing comes in by the network"
  }
  assert {
    condition = [
      for rule in aws_security_group.functions[0].egress : [rule.protocol, tostring(rule.from_port), tostring(rule.to_port), one(rule.prefix_list_ids)]
    ] == [["tcp", "443", "443", "pl-mocked"]]
    error_message = "HTTPS to the endpoint's addresses and nothing else"
  }
  assert {
    condition     = alltrue([for rule in aws_security_group.functions[0].egress : length(coalesce(rule.cidr_blocks, [])) == 0])
    error_message = "no address of the internet"
  }
}

run "the_endpoint_lets_the_functions_to_their_tables" {
  assert {
    condition     = aws_vpc_endpoint.dynamodb[0].vpc_endpoint_type == "Gateway" && aws_vpc_endpoint.dynamodb[0].service_name == "com.amazonaws.eu-west-1.dynamodb"
    error_message = "a gateway endpoint costs nothing"
  }
  assert {
    condition     = aws_vpc_endpoint.dynamodb[0].route_table_ids == toset(["rtb-1"])
    error_message = "in the route tables that were named"
  }
  assert {
    condition     = jsondecode(aws_vpc_endpoint.dynamodb[0].policy).Statement[0].Action == ["dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:Query", "dynamodb:UpdateItem"]
    error_message = "what the functions do and no more"
  }
  assert {
    condition = jsondecode(aws_vpc_endpoint.dynamodb[0].policy).Statement[0].Resource == [
      aws_dynamodb_table.chunks[0].arn, aws_dynamodb_table.keys[0].arn,
    ]
    error_message = "to no other table"
  }
  assert {
    condition     = jsondecode(aws_vpc_endpoint.dynamodb[0].policy).Statement[0].Condition.ArnEquals["aws:PrincipalArn"] == [aws_iam_role.ingest.arn, aws_iam_role.read.arn]
    error_message = "for no other role"
  }
}

run "an_endpoint_that_is_there_is_used" {
  variables {
    vpc = { vpc_id = "vpc-1", subnet_ids = ["subnet-a"], dynamodb_prefix_list_id = "pl-given" }
  }

  assert {
    condition     = length(aws_vpc_endpoint.dynamodb) == 0
    error_message = "a second gateway endpoint in a route table is refused by AWS"
  }
  assert {
    condition     = alltrue([for rule in aws_security_group.functions[0].egress : rule.prefix_list_ids == tolist(["pl-given"])])
    error_message = "the given endpoint must be reachable"
  }
}

# The one right on "*" that AWS forces, and it is taken from the function's own code again.
run "lambda_makes_interfaces_but_the_code_does_not" {
  assert {
    condition = alltrue([
      for policy in [aws_iam_role_policy.ingest_network[0].policy, aws_iam_role_policy.read_network[0].policy] :
      [for statement in jsondecode(policy).Statement : [statement.Effect, statement.Action]] == [
        for effect in ["Allow", "Deny"] : [effect, [
          "ec2:AssignPrivateIpAddresses", "ec2:CreateNetworkInterface", "ec2:DeleteNetworkInterface",
          "ec2:DescribeNetworkInterfaces", "ec2:DescribeSubnets", "ec2:UnassignPrivateIpAddresses",
        ]]
      ]
    ])
    error_message = "six named actions, allowed and denied"
  }
  assert {
    condition = (
      jsondecode(aws_iam_role_policy.ingest_network[0].policy).Statement[1].Condition.ArnEquals["lambda:SourceFunctionArn"] == "arn:aws:lambda:eu-west-1:123456789012:function:log-service-ingest" &&
      jsondecode(aws_iam_role_policy.read_network[0].policy).Statement[1].Condition.ArnEquals["lambda:SourceFunctionArn"] == "arn:aws:lambda:eu-west-1:123456789012:function:log-service-read"
    )
    error_message = "each denial is for the role's own function"
  }
}
