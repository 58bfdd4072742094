import type { CompactionReport } from "@log-service/core/service";
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";
import type { Metrics } from "../metrics.ts";

interface Sources {
  readonly bodyBytesInFlight: () => number;
  readonly diskBytes: () => number;
}

/** What a process on one machine counts beside what every host does. */
export interface NodeMetrics extends Metrics {
  onCompact(report: CompactionReport): void;
}

type AddCounter = (name: string, help: string) => Counter;

const countScans = (counter: AddCounter): NodeMetrics["onScan"] => {
  const read = counter("scan_bytes_read_total", "Bytes of chunks that queries read.");
  const inflated = counter("scan_bytes_decompressed_total", "Bytes that queries decompressed.");
  return ({ bytesRead, bytesDecompressed }) => {
    read.inc(bytesRead);
    inflated.inc(bytesDecompressed);
  };
};

const countMerges = (counter: AddCounter): NodeMetrics["onCompact"] => {
  const chunks = counter("chunks_merged_total", "Chunks that were merged into larger ones.");
  const bytes = counter("merged_bytes_total", "Bytes that merging has written.");
  return ({ oldChunks, newBytes }) => {
    chunks.inc(oldChunks);
    bytes.inc(newBytes);
  };
};

/** Counts for Prometheus. */
export const createPrometheusMetrics = (sources: Sources): NodeMetrics => {
  const { bodyBytesInFlight, diskBytes } = sources;
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const counter = (name: string, help: string, labelNames: string[] = []) =>
    new Counter({ name: `log_service_${name}`, help, labelNames, registers });
  const gauge = (name: string, help: string, read: () => number) =>
    new Gauge({
      name: `log_service_${name}`,
      help,
      registers,
      collect() {
        this.set(read());
      },
    });
  const accepted = counter("entries_accepted_total", "Entries that were stored.");
  const rejected = counter("entries_rejected_total", "Entries that were refused.");
  const bodyBytes = counter("body_bytes_total", "Bytes of ingest bodies after decompression.");
  const commits = counter("commits_total", "Commits to the store.");
  const chunks = counter("chunks_total", "Chunks that were written.");
  const chunkBytes = counter("chunk_bytes_total", "Bytes of chunks that were written.");
  const damage = counter("damage_total", "Times that a reader met a damaged part of the store.");
  const requests = counter("requests_total", "Requests by route and status.", [
    "operation",
    "status",
  ]);
  const duration = new Histogram({
    name: "log_service_request_duration_seconds",
    help: "Time to answer, by route.",
    labelNames: ["operation"],
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers,
  });
  gauge("body_bytes_in_flight", "Bytes of bodies in flight.", bodyBytesInFlight);
  gauge("disk_bytes", "Bytes of the data folder.", diskBytes);
  return {
    onIngest: (report) => {
      accepted.inc(report.accepted);
      rejected.inc(report.rejected);
      bodyBytes.inc(report.bodyBytes);
    },
    onCommit: (report) => {
      commits.inc();
      chunks.inc(report.chunks);
      chunkBytes.inc(report.bytes);
    },
    onDamage: () => damage.inc(),
    onCompact: countMerges(counter),
    onScan: countScans(counter),
    onRequest: ({ operation, status, durationMs }) => {
      requests.inc({ operation, status });
      duration.observe({ operation }, durationMs / 1000);
    },
    render: async () => ({ contentType: registry.contentType, text: await registry.metrics() }),
  };
};
