import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { createEmbeddedMetrics } from "./embedded-metrics.ts";

const create = () => {
  const lines: string[] = [];
  let now = 1000;
  const write = (line: string) => lines.push(line);
  const metrics = createEmbeddedMetrics({ functionName: "logs-ingest", write, now: () => now });
  const pass = (ms: number) => {
    now += ms;
  };
  return { metrics, lines, pass };
};

it("writes the sums in the embedded metric format", () => {
  const { metrics, lines } = create();
  metrics.add("EntriesAccepted", 2);
  metrics.add("EntriesAccepted", 3);
  metrics.add("BytesIngested", 700);
  metrics.endInvocation();
  expect(lines.map((line) => JSON.parse(line))).toEqual([
    {
      _aws: {
        Timestamp: 1000,
        CloudWatchMetrics: [
          {
            Namespace: "LogService",
            Dimensions: [["Function"]],
            Metrics: [
              { Name: "EntriesAccepted", Unit: "Count" },
              { Name: "BytesIngested", Unit: "Bytes" },
            ],
          },
        ],
      },
      Function: "logs-ingest",
      EntriesAccepted: 5,
      BytesIngested: 700,
    },
  ]);
});

it("writes a line a minute at most, and loses nothing in between", () => {
  const { metrics, lines, pass } = create();
  for (let invocation = 0; invocation < 1000; invocation++) {
    metrics.add("EntriesAccepted", 1);
    metrics.endInvocation();
    pass(100);
  }
  expect(lines).toHaveLength(2);
  pass(60_000);
  metrics.add("EntriesAccepted", 1);
  metrics.endInvocation();
  const sums = lines.map((line) => JSON.parse(line).EntriesAccepted);
  expect(sums.reduce((sum, one) => sum + one, 0)).toBe(1001);
});

it("writes nothing when there is nothing to tell", () => {
  const { metrics, lines } = create();
  metrics.endInvocation();
  expect(lines).toEqual([]);
});

it("has the names that the alarms and the dashboard of the Terraform module look at", () => {
  const folder = new URL("../../../../../terraform/modules/log-service/", import.meta.url);
  const text = ["alarms.tf", "dashboard.tf"]
    .map((name) => readFileSync(new URL(name, folder), "utf8"))
    .join("\n");
  const alarmed = text.matchAll(/metrics_namespace\s+metric_name\s*=\s*"(\w+)"/g);
  const drawn = text.matchAll(/\[local\.metrics_namespace, "(\w+)", "Function"/g);
  const names = new Set([...alarmed, ...drawn].map(([, name]) => name));
  const { metrics, lines } = create();
  const own = ["EntriesAccepted", "EntriesRejected", "BytesIngested", "WriteUnits"] as const;
  for (const name of [...own, "StoreThrottles" as const]) metrics.add(name, 1);
  metrics.endInvocation();
  const line = JSON.parse(lines[0] ?? "");
  expect(new Set(Object.keys(line).filter((key) => !/^(_aws|Function)$/.test(key)))).toEqual(names);
  expect(text).toContain(`metrics_namespace = "${line._aws.CloudWatchMetrics[0].Namespace}"`);
});
