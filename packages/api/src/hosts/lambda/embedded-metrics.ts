/** What the alarms and the dashboard of the Terraform module look at; `metrics_namespace` there is the same. */
const namespace = "LogService";

const units = {
  EntriesAccepted: "Count",
  EntriesRejected: "Count",
  BytesIngested: "Bytes",
  WriteUnits: "Count",
  StoreThrottles: "Count",
} as const;

type Metric = keyof typeof units;

/** A line for each invocation would cost $90 a month at ten million single posts a day; one a minute costs cents. */
const gatheredMs = 60_000;

interface EmbeddedMetricsDeps {
  readonly functionName: string;
  /** Writes a line to standard output as it is: inside of Lambda's own JSON nothing looks for metrics. */
  readonly write: (line: string) => void;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

export interface EmbeddedMetrics {
  add(metric: Metric, value: number): void;
  /** Call it at the end of each invocation; it writes when a minute has passed since it last did. */
  endInvocation(): void;
}

/**
 * Counts over invocations, and writes the sums in CloudWatch's embedded metric format. What an environment counted in the
 * minute before it was thrown away is lost: metrics are for watching, not for accounting.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
 */
export const createEmbeddedMetrics = (deps: EmbeddedMetricsDeps): EmbeddedMetrics => {
  const { functionName, write, now } = deps;
  const sums = new Map<Metric, number>();
  let writtenAt = Number.NEGATIVE_INFINITY;
  return {
    add: (metric, value) => {
      sums.set(metric, (sums.get(metric) ?? 0) + value);
    },
    endInvocation: () => {
      if (sums.size === 0 || now() - writtenAt < gatheredMs) return;
      writtenAt = now();
      const names = [...sums.keys()];
      const line = {
        _aws: {
          Timestamp: writtenAt,
          CloudWatchMetrics: [
            {
              Namespace: namespace,
              Dimensions: [["Function"]],
              Metrics: names.map((Name) => ({ Name, Unit: units[Name] })),
            },
          ],
        },
        Function: functionName,
        ...Object.fromEntries(sums),
      };
      sums.clear();
      write(JSON.stringify(line));
    },
  };
};
