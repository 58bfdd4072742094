import type { StatsAnswer } from "@log-service/contract";
import { expect, it } from "vitest";
import { describeOnHosts, json, type TestHost } from "../../test/hosts.ts";

const start = Date.UTC(2026, 10, 22, 8);
const minute = 60_000;
const severities = ["info", "warning", "error"];

/** 180 entries, one each second: three minutes. */
const fill = (host: TestHost) =>
  host.post(
    Array.from({ length: 180 }, (_, index) => ({
      severity: severities[index % 3],
      service: index % 2 === 0 ? "gateway" : "chat",
      message: `entry ${index}`,
      timestamp: start + index * 1000,
      ...(index % 2 === 0 && { latency_ms: index, region: `r-${index % 5}` }),
    })),
  );

const stats = (host: TestHost, query = "") => json<StatsAnswer>(host.fetch(`/logs/stats${query}`));

describeOnHosts("stats answers 200", (host) => {
  it("has no group where nothing is stored", async () => {
    expect(await stats(host)).toMatchObject({ groups: [], intervalMs: null, complete: true });
  });

  it("counts everything when nothing else is asked", async () => {
    await fill(host);
    const { groups, from } = await stats(host);
    expect(groups).toEqual([{ by: {}, points: [[from, 180]] }]);
  });

  it("counts by severity and interval", async () => {
    await fill(host);
    const { groups } = await stats(host, "?by=severity&interval=1m");
    expect(groups).toHaveLength(3);
    for (const { points } of groups)
      expect(points).toEqual([0, 1, 2].map((one) => [start + one * minute, 20]));
  });

  it("says the same where a query keeps it from reading metadata alone", async () => {
    await fill(host);
    const { groups } = await stats(host, "?by=severity&interval=1m");
    const searched = await stats(host, "?by=severity&interval=1m&q=entry");
    expect(searched.groups).toEqual(groups);
  });

  it("measures the numbers of a field, and null where there is none", async () => {
    await fill(host);
    const measures = "count,sum(latency_ms),min(latency_ms),max(latency_ms),avg(latency_ms)";
    const { groups, from } = await stats(host, `?by=service&measure=${measures}`);
    expect(groups).toEqual([
      { by: { service: "gateway" }, points: [[from, 90, 8010, 0, 178, 89]] },
      { by: { service: "chat" }, points: [[from, 90, null, null, null, null]] },
    ]);
  });

  it("finds percentiles within one percent", async () => {
    await fill(host);
    const { groups } = await stats(
      host,
      "?measure=p50(latency_ms),p95(latency_ms),p99(latency_ms)&q=latency_ms:*",
    );
    const [, p50, p95, p99] = groups[0]?.points[0] ?? [];
    expect(Math.abs((p50 ?? 0) / 88 - 1)).toBeLessThan(0.0101);
    expect(Math.abs((p95 ?? 0) / 170 - 1)).toBeLessThan(0.0101);
    expect(Math.abs((p99 ?? 0) / 178 - 1)).toBeLessThan(0.0101);
  });

  it("lists the largest groups, and adds up the others", async () => {
    await fill(host);
    const { groups, other, from } = await stats(host, "?by=region&top=1");
    expect(groups).toEqual([{ by: { region: null }, points: [[from, 90]] }]);
    expect(other).toEqual({ points: [[from, 90]] });
  });

  it("keeps to the range", async () => {
    await fill(host);
    const to = start + 90_000;
    const answer = await stats(host, `?from=${start + 30_000}&to=${to}&interval=1m`);
    expect(answer).toMatchObject({ from: start + 30_000, to });
    expect(answer.groups[0]?.points).toEqual([
      [start, 30],
      [start + minute, 30],
    ]);
  });

  it("passes hints at the query on", async () => {
    expect((await stats(host, "?q=a+or+b")).warnings).toMatchObject([{ code: "QUERY_HINT" }]);
  });
});
