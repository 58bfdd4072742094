import type { PatternsAnswer, SearchAnswer } from "@log-service/contract";
import { expect, it } from "vitest";
import { describeOnHosts, json, type TestHost } from "../../test/hosts.ts";

const start = Date.UTC(2026, 10, 22, 8);
const hour = 3_600_000;

const messages = [
  (index: number) => `player p-${index} joined match m-${index % 7}`,
  (index: number) => `tick took ${index / 4} ms`,
];

/** 120 entries, one each second; of every other one the third is an error. */
const fill = (host: TestHost, from = start) =>
  host.post(
    Array.from({ length: 120 }, (_, index) => ({
      severity: index % 3 === 0 ? "error" : "info",
      service: index % 2 === 0 ? "gateway" : "match",
      message: messages[index % 2]?.(index),
      timestamp: from + index * 1000,
    })),
  );

const patterns = (host: TestHost, query = "") =>
  json<PatternsAnswer>(host.fetch(`/logs/patterns${query}`));

describeOnHosts("patterns answers 200", (host) => {
  it("has none where nothing is stored", async () => {
    expect(await patterns(host)).toMatchObject({
      total: 0,
      patterns: [],
      other: { count: 0, share: 0 },
      complete: true,
    });
  });

  it("groups messages by their shape", async () => {
    await fill(host);
    const { patterns: found, total, other } = await patterns(host);
    expect({ total, other }).toEqual({ total: 120, other: { count: 0, share: 0 } });
    expect(found).toMatchObject([
      {
        pattern: "player <id> joined match <id>",
        query: 'player "joined match"',
        count: 60,
        share: 0.5,
        firstSeen: "2026-11-22T08:00:00.000Z",
        lastSeen: "2026-11-22T08:01:58.000Z",
        severities: { info: 40, warning: 0, error: 20 },
        example: { message: "player p-118 joined match m-6" },
      },
      { pattern: "tick took <num> ms", count: 60 },
    ]);
    const { logId, message } = found[0]?.example ?? {};
    expect(await json(host.fetch(`/logs/${logId}`))).toMatchObject({ message });
  });

  it("narrows what it looks at", async () => {
    await fill(host);
    const range = `from=${start + 10_000}&to=${start + 20_000}`;
    const { patterns: found } = await patterns(host, `?${range}&q=tick&severity=error`);
    expect(found).toMatchObject([{ pattern: "tick took <num> ms", count: 1, share: 1 }]);
    expect((await patterns(host, "?service=match")).total).toBe(60);
  });

  it("counts what is not listed as other", async () => {
    await fill(host);
    const { patterns: found, other } = await patterns(host, "?top=1");
    expect(found).toHaveLength(1);
    expect(other).toEqual({ count: 60, share: 0.5 });
  });

  it("gives a query that finds the entries", async () => {
    await fill(host);
    const { patterns: found } = await patterns(host);
    for (const { query, count } of found) {
      const q = encodeURIComponent(query);
      expect((await json<SearchAnswer>(host.fetch(`/logs?limit=1000&q=${q}`))).count).toBe(count);
    }
  });

  it("compares with the range before, and says what is new and gone", async () => {
    await fill(host);
    await host.post({ severity: "error", message: "disk full", timestamp: start + hour });
    const second = start + hour;
    const answer = await patterns(host, `?from=${second}&to=${second + hour}&compareTo=previous`);
    expect(answer.compareTo).toEqual({ from: start, to: second });
    expect(answer.patterns).toMatchObject([
      { pattern: "disk full", change: "new", count: 1, before: { count: 0, share: 0 } },
      { change: "gone", count: 0, before: { count: 60, share: 0.5 } },
      { change: "gone", count: 0, before: { count: 60, share: 0.5 } },
    ]);
  });

  it("compares with the same range earlier, and with any range", async () => {
    const before = start - 24 * hour;
    await fill(host);
    await fill(host, before);
    const range = `from=${start}&to=${start + hour}`;
    for (const compareTo of ["-1d", `${before}..${before + hour}`]) {
      const answer = await patterns(host, `?${range}&compareTo=${compareTo}`);
      expect(answer.compareTo).toEqual({ from: before, to: before + hour });
      expect(answer.patterns.map(({ change }) => change)).toEqual(["same", "same"]);
    }
  });

  it("passes hints at the query on", async () => {
    expect((await patterns(host, "?q=a+or+b")).warnings).toMatchObject([{ code: "QUERY_HINT" }]);
  });
});
