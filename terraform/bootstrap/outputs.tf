output "bucket" {
  description = "The bucket's name."
  value       = aws_s3_bucket.state.bucket
}

output "backend_config" {
  description = "What `terraform init -backend-config=backend.hcl` wants in the file."
  value       = <<-EOT
    bucket = "${aws_s3_bucket.state.bucket}"
    region = "${data.aws_region.current.id}"
  EOT
}
