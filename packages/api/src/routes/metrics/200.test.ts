import { expect, it } from "vitest";
import { createPrometheusMetrics } from "../../hosts/prometheus.ts";
import { describeOnHosts } from "../../test/hosts.ts";

describeOnHosts("metrics answers 200", (host) => {
  it("counts requests by route and status", async () => {
    const metrics = createPrometheusMetrics({ bodyBytesInFlight: () => 0, diskBytes: () => 12 });
    await host.use({ deps: { metrics } });
    await host.post({ severity: "info", message: "hello" });
    const response = await host.fetch("/metrics");
    expect(response.headers.get("content-type")).toContain("text/plain");
    const text = await response.text();
    expect(text).toContain('log_service_requests_total{operation="ingest",status="201"} 1');
    expect(text).toContain("log_service_disk_bytes 12");
  });
});
