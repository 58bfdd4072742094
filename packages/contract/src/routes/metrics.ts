import { defineRoute } from "../route.ts";

export const metrics = defineRoute({
  operationId: "metrics",
  method: "GET",
  path: "/metrics",
  summary: "Returns the counters of the process, for Prometheus",
  description:
    "In the text format of Prometheus. The counters are of all tenants together, so with keys it takes the scope `admin`.",
  scope: "admin",
  responses: {
    200: {
      description: "The counters.",
      contentType: "text/plain; version=0.0.4; charset=utf-8",
      examples: {
        counters: {
          summary: "Some of the counters",
          value: [
            "# HELP log_service_entries_accepted_total Entries that were stored.",
            "# TYPE log_service_entries_accepted_total counter",
            "log_service_entries_accepted_total 81204",
            "",
          ].join("\n"),
        },
      },
    },
  },
  errors: [],
});
