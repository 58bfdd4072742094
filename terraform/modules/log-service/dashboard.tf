# One dashboard, top to bottom: is it taking logs, is it answering, does the table keep up and what does it use.
# Two graphs a row, each 12 of the 24 units wide.

locals {
  graphs = [
    {
      title = "Entries stored and refused"
      stat  = "Sum"
      metrics = [
        [local.metrics_namespace, "EntriesAccepted", "Function", local.ingest_name],
        [local.metrics_namespace, "EntriesRejected", "Function", local.ingest_name],
      ]
    },
    {
      title   = "Bytes taken in"
      stat    = "Sum"
      metrics = [[local.metrics_namespace, "BytesIngested", "Function", local.ingest_name]]
    },
    {
      title = "Storing: requests and what went wrong"
      stat  = "Sum"
      metrics = [
        ["AWS/Lambda", "UrlRequestCount", "FunctionName", local.ingest_name],
        ["AWS/Lambda", "Url4xxCount", "FunctionName", local.ingest_name],
        ["AWS/Lambda", "Url5xxCount", "FunctionName", local.ingest_name],
        ["AWS/Lambda", "Errors", "FunctionName", local.ingest_name],
        ["AWS/Lambda", "Throttles", "FunctionName", local.ingest_name],
      ]
    },
    {
      title = "Finding: requests and what went wrong"
      stat  = "Sum"
      metrics = [
        ["AWS/Lambda", "UrlRequestCount", "FunctionName", local.read_name],
        ["AWS/Lambda", "Url4xxCount", "FunctionName", local.read_name],
        ["AWS/Lambda", "Url5xxCount", "FunctionName", local.read_name],
        ["AWS/Lambda", "Errors", "FunctionName", local.read_name],
        ["AWS/Lambda", "Throttles", "FunctionName", local.read_name],
      ]
    },
    {
      title = "Erasing: invocations and what went wrong"
      stat  = "Sum"
      metrics = [
        ["AWS/Lambda", "Invocations", "FunctionName", local.maintenance_name],
        ["AWS/Lambda", "Errors", "FunctionName", local.maintenance_name],
        ["AWS/Lambda", "Throttles", "FunctionName", local.maintenance_name],
        ["AWS/Lambda", "Url5xxCount", "FunctionName", local.maintenance_name],
      ]
    },
    {
      title = "Duration, p99 (ms)"
      stat  = "p99"
      metrics = [
        ["AWS/Lambda", "Duration", "FunctionName", local.ingest_name],
        ["AWS/Lambda", "Duration", "FunctionName", local.read_name],
      ]
    },
    {
      title = "Environments at once"
      stat  = "Maximum"
      metrics = [
        ["AWS/Lambda", "ConcurrentExecutions", "FunctionName", local.ingest_name],
        ["AWS/Lambda", "ConcurrentExecutions", "FunctionName", local.read_name],
      ]
    },
    {
      title = "Table: units used"
      stat  = "Sum"
      metrics = [
        ["AWS/DynamoDB", "ConsumedWriteCapacityUnits", "TableName", local.chunks_table],
        ["AWS/DynamoDB", "ConsumedReadCapacityUnits", "TableName", local.chunks_table],
        [local.metrics_namespace, "WriteUnits", "Function", local.ingest_name],
      ]
    },
    {
      title = "Table: throttled"
      stat  = "Sum"
      metrics = [
        ["AWS/DynamoDB", "WriteThrottleEvents", "TableName", local.chunks_table],
        ["AWS/DynamoDB", "ReadThrottleEvents", "TableName", local.chunks_table],
        [local.metrics_namespace, "StoreThrottles", "Function", local.ingest_name],
      ]
    },
  ]
}

resource "aws_cloudwatch_dashboard" "this" {
  count = var.dashboard ? 1 : 0

  # Dashboards are listed for the whole account, whatever the Region.
  dashboard_name = "${var.name}-${local.region}"

  dashboard_body = jsonencode({
    widgets = [
      for index, graph in local.graphs : {
        type   = "metric"
        x      = 12 * (index % 2)
        y      = 6 * floor(index / 2)
        width  = 12
        height = 6
        properties = {
          title   = graph.title
          region  = local.region
          view    = "timeSeries"
          stat    = graph.stat
          period  = 60
          metrics = graph.metrics
        }
      }
    ]
  })
}
