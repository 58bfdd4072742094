# Who may do what: exact sets, so that a right too many fails as one too few does.

mock_provider "aws" {
  source = "./tests/mocks"

  override_resource {
    target = aws_dynamodb_table.chunks[0]
    values = { arn = "arn:aws:dynamodb:eu-west-1:123456789012:table/log-service-chunks" }
  }
  override_resource {
    target = aws_dynamodb_table.keys[0]
    values = { arn = "arn:aws:dynamodb:eu-west-1:123456789012:table/log-service-keys" }
  }
  override_resource {
    target = aws_cloudwatch_log_group.ingest
    values = { arn = "arn:aws:logs:eu-west-1:123456789012:log-group:/aws/lambda/log-service-ingest" }
  }
  override_resource {
    target = aws_cloudwatch_log_group.read
    values = { arn = "arn:aws:logs:eu-west-1:123456789012:log-group:/aws/lambda/log-service-read" }
  }
}

variables {
  ingest      = { package_path = "./tests/fixtures/function.zip" }
  read        = { package_path = "./tests/fixtures/function.zip" }
  maintenance = { package_path = "./tests/fixtures/function.zip" }
}

run "ingest_may_put_chunks_and_get_keys" {
  assert {
    condition = jsondecode(aws_iam_role_policy.ingest.policy).Statement == [
      {
        Sid       = "WriteChunks"
        Effect    = "Allow"
        Action    = ["dynamodb:PutItem"]
        Resource  = ["arn:aws:dynamodb:eu-west-1:123456789012:table/log-service-chunks"]
        Condition = { "ForAllValues:StringLike" = { "dynamodb:LeadingKeys" = ["*#?", "*#??", "*#key#*", "*#marks"] } }
      },
      {
        Sid       = "CountUsage"
        Effect    = "Allow"
        Action    = ["dynamodb:UpdateItem"]
        Resource  = ["arn:aws:dynamodb:eu-west-1:123456789012:table/log-service-chunks"]
        Condition = { "ForAllValues:StringLike" = { "dynamodb:LeadingKeys" = ["*#usage"] } }
      },
      {
        Sid      = "ReadKeys"
        Effect   = "Allow"
        Action   = ["dynamodb:GetItem"]
        Resource = ["arn:aws:dynamodb:eu-west-1:123456789012:table/log-service-keys"]
      },
      {
        Sid      = "WriteOwnLog"
        Effect   = "Allow"
        Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
        Resource = ["arn:aws:logs:eu-west-1:123456789012:log-group:/aws/lambda/log-service-ingest:*"]
      },
    ]
    error_message = "ingest must be able to do these things and no other"
  }
  assert {
    condition     = aws_iam_role_policy.ingest.role == aws_iam_role.ingest.name && aws_lambda_function.ingest.role == aws_iam_role.ingest.arn
    error_message = "the policy belongs to the role of the ingest function"
  }
}

run "read_may_query_and_get" {
  assert {
    condition = jsondecode(aws_iam_role_policy.read.policy).Statement == [
      {
        Sid      = "ReadChunks"
        Effect   = "Allow"
        Action   = ["dynamodb:GetItem", "dynamodb:Query"]
        Resource = ["arn:aws:dynamodb:eu-west-1:123456789012:table/log-service-chunks"]
      },
      {
        Sid      = "ReadKeys"
        Effect   = "Allow"
        Action   = ["dynamodb:GetItem"]
        Resource = ["arn:aws:dynamodb:eu-west-1:123456789012:table/log-service-keys"]
      },
      {
        Sid      = "WriteOwnLog"
        Effect   = "Allow"
        Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
        Resource = ["arn:aws:logs:eu-west-1:123456789012:log-group:/aws/lambda/log-service-read:*"]
      },
    ]
    error_message = "read must be able to do these things and no other"
  }
  assert {
    condition     = aws_iam_role_policy.read.role == aws_iam_role.read.name && aws_lambda_function.read.role == aws_iam_role.read.arn
    error_message = "the policy belongs to the role of the read function"
  }
}

run "no_policy_has_a_wildcard" {
  variables {
    create_kms_key = true
  }

  # The streams of a log group have names that Lambda makes up: ":*" after the group is the one wildcard.
  assert {
    condition = alltrue(flatten([
      for policy in [
        aws_iam_role_policy.ingest.policy, aws_iam_role_policy.read.policy, aws_iam_role_policy.maintenance.policy,
        aws_iam_role_policy.ingest_key[0].policy, aws_iam_role_policy.read_key[0].policy, aws_iam_role_policy.maintenance_key[0].policy,
        ] : [
        for statement in jsondecode(policy).Statement : [
          for word in concat(statement.Action, [for resource in statement.Resource : replace(resource, "/^(arn:aws:logs:.*:log-group:.*):\\*$/", "$1")]) :
          !strcontains(word, "*") && !strcontains(word, "?")
        ]
      ]
    ]))
    error_message = "every action and every resource must be named"
  }
  assert {
    condition = alltrue(flatten([
      for policy in [
        aws_iam_role_policy.ingest.policy, aws_iam_role_policy.read.policy, aws_iam_role_policy.maintenance.policy,
        aws_iam_role_policy.ingest_key[0].policy, aws_iam_role_policy.read_key[0].policy, aws_iam_role_policy.maintenance_key[0].policy,
        ] : [
        for statement in jsondecode(policy).Statement : !contains(keys(statement), "NotAction") && !contains(keys(statement), "NotResource")
      ]
    ]))
    error_message = "NotAction and NotResource are wildcards too"
  }
}

run "only_lambda_takes_the_roles" {
  assert {
    condition = alltrue([
      for role in [aws_iam_role.ingest, aws_iam_role.read, aws_iam_role.maintenance] : jsondecode(role.assume_role_policy).Statement == [{
        Sid       = "Lambda"
        Effect    = "Allow"
        Principal = { Service = "lambda.amazonaws.com" }
        Action    = "sts:AssumeRole"
      }]
    ])
    error_message = "nobody but Lambda may take the functions' roles"
  }
}

run "each_function_has_a_role_of_its_own" {
  command = plan

  assert {
    condition = (
      aws_iam_role.ingest.name == "log-service-ingest-eu-west-1" && aws_iam_role.read.name == "log-service-read-eu-west-1" &&
      aws_iam_role.maintenance.name == "log-service-maintenance-eu-west-1"
    )
    error_message = "roles are named after function and Region, so that one name works in several Regions"
  }
}

run "without_key_and_vpc_there_are_no_further_policies" {
  command = plan

  assert {
    condition = (
      length(aws_iam_role_policy.ingest_key) == 0 && length(aws_iam_role_policy.read_key) == 0 &&
      length(aws_iam_role_policy.ingest_network) == 0 && length(aws_iam_role_policy.read_network) == 0
    )
    error_message = "rights for options must come with the options"
  }
}

run "roles_take_a_permissions_boundary" {
  command = plan
  variables {
    permissions_boundary_arn = "arn:aws:iam::123456789012:policy/boundary"
  }

  assert {
    condition     = alltrue([for role in [aws_iam_role.ingest, aws_iam_role.read, aws_iam_role.maintenance] : role.permissions_boundary == "arn:aws:iam::123456789012:policy/boundary"])
    error_message = "every role must have the boundary"
  }
}
