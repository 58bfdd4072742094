import type { ServiceObserver } from "@log-service/core/service";

/** What a host counts. */
export interface Metrics extends ServiceObserver {
  onRequest(report: {
    readonly operation: string;
    readonly status: number;
    readonly durationMs: number;
  }): void;
  /** The counters in the text format of Prometheus. */
  render(): Promise<{ readonly contentType: string; readonly text: string }>;
}
