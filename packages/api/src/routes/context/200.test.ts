import type { ContextAnswer, SearchAnswer } from "@log-service/contract";
import { expect, it } from "vitest";
import { describeOnHosts, json, type TestHost } from "../../test/hosts.ts";

const startTime = Date.UTC(2026, 10, 22, 8);

/** Entries of several batches that overlap in time, and of which some share a millisecond. */
const fill = async (host: TestHost) => {
  for (const batch of [0, 1, 2])
    await host.post(
      Array.from({ length: 20 }, (_, index) => ({
        severity: index % 4 === 0 ? "error" : "info",
        message: `entry ${index} of ${batch}`,
        timestamp: startTime + Math.floor(index / 2) * 20_000 + (batch === 2 ? 7 : 0),
      })),
    );
  const { logs } = await json<SearchAnswer>(host.fetch("/logs?limit=1000&order=oldest"));
  expect(logs).toHaveLength(60);
  return logs;
};

const context = (host: TestHost, logId: string, query = "") =>
  json<ContextAnswer>(host.fetch(`/logs/${logId}/context${query}`));

describeOnHosts("context answers 200", (host) => {
  it("returns the neighbours of every entry, as a search orders them", async () => {
    const logs = await fill(host);
    for (const [index, entry] of logs.entries())
      expect(await context(host, entry.logId, "?before=3&after=2")).toEqual({
        before: logs.slice(Math.max(0, index - 3), index),
        entry,
        after: logs.slice(index + 1, index + 3),
        complete: true,
      });
  });

  it("returns ten on each side when nothing else is said", async () => {
    const logs = await fill(host);
    const { before, after } = await context(host, logs[30]?.logId ?? "");
    expect(before).toEqual(logs.slice(20, 30));
    expect(after).toEqual(logs.slice(31, 41));
  });

  it("narrows the neighbours by a query, and returns the entry itself anyhow", async () => {
    const logs = await fill(host);
    const [info] = logs.slice(30).filter((one) => one.severity === "info");
    const found = await context(host, info?.logId ?? "", "?q=severity:error&before=500&after=500");
    expect(found.entry).toEqual(info);
    expect([...found.before, ...found.after]).toEqual(
      logs.filter((one) => one.severity === "error"),
    );
  });

  it("returns the entry alone when no neighbours are wanted", async () => {
    const logs = await fill(host);
    const entry = logs[5];
    expect(await context(host, entry?.logId ?? "", "?before=0&after=0")).toEqual({
      before: [],
      entry,
      after: [],
      complete: true,
    });
  });

  it("passes hints at the query on", async () => {
    const [entry] = await fill(host);
    const { warnings } = await context(host, entry?.logId ?? "", "?q=a+or+b");
    expect(warnings).toMatchObject([{ code: "QUERY_HINT" }]);
  });

  it("says when neighbours were too large to return them all", async () => {
    const message = "m".repeat(60_000);
    const entries = Array.from({ length: 100 }, (_, index) => ({
      severity: "info",
      message,
      timestamp: startTime + index,
    }));
    await host.post(entries.slice(0, 50));
    await host.post(entries.slice(50));
    const { logs } = await json<SearchAnswer>(host.fetch("/logs?order=oldest&limit=1"));
    const found = await context(host, logs[0]?.logId ?? "", "?after=100");
    expect(found.complete).toBe(false);
    expect(found.after.length).toBeGreaterThan(10);
    expect(found.after.length).toBeLessThan(99);
  });
});
