import { describe, expect, it } from "vitest";
import { createGenerator, type GameEntry, toJson } from "./index.ts";
import { createRandom } from "./random.ts";
import { createZipf } from "./zipf.ts";

const startTime = Date.parse("2026-11-22T09:00:00Z");
const options = { seed: 7, startTime, entriesPerSecond: 2000, producers: 20 };

const sample = (count: number): GameEntry[] => {
  const generator = createGenerator(options);
  return Array.from({ length: count }, () => generator.next());
};

const shareOf = (entries: readonly GameEntry[], is: (entry: GameEntry) => boolean): number =>
  entries.filter(is).length / entries.length;

const timesOf = (entries: readonly GameEntry[]): number[] =>
  entries.map(({ timestamp }) => new Date(timestamp).getTime());

describe("the generator", () => {
  const entries = sample(50_000);

  it("gives the same bytes for the same seed, and others for another", () => {
    const text = createGenerator(options).batchNdjson(3, 500);
    expect(createGenerator(options).batchNdjson(3, 500)).toBe(text);
    expect(createGenerator({ ...options, seed: 8 }).batchNdjson(3, 500)).not.toBe(text);
  });

  it("gives a producer the same entries, whatever the others do", () => {
    const generator = createGenerator(options);
    const others = [0, 1, 2].map((producer) => generator.batchNdjson(producer, 100));
    expect(others).toHaveLength(3);
    expect(generator.batchNdjson(3, 500)).toBe(createGenerator(options).batchNdjson(3, 500));
  });

  it("numbers the entries of each producer without a gap", () => {
    const agent = entries.filter(({ producer }) => producer === "agent-04");
    expect(agent.map(({ seq }) => seq)).toEqual(agent.map((_, index) => index));
    expect(new Set(entries.map(({ producer }) => producer)).size).toBe(20);
  });

  it("has entries of 285 to 315 bytes on average", () => {
    const bytes = entries.map((entry) => Buffer.byteLength(toJson(entry)));
    const mean = bytes.reduce((sum, size) => sum + size, 0) / bytes.length;
    expect(mean).toBeGreaterThan(285);
    expect(mean).toBeLessThan(315);
  });

  it("has 3 % errors, and half of its entries in a trace of their own", () => {
    const errors = shareOf(entries, ({ severity }) => severity === "error");
    expect(errors).toBeGreaterThan(0.025);
    expect(errors).toBeLessThan(0.035);
    const traces = entries.flatMap(({ traceId }) => traceId ?? []);
    expect(traces.length / entries.length).toBeCloseTo(0.5, 1);
    expect(new Set(traces).size).toBe(traces.length);
    expect(traces.every((trace) => /^[0-9a-f]{32}$/.test(trace))).toBe(true);
  });

  it("has six services, and stack traces of several lines", () => {
    expect([...new Set(entries.map(({ service }) => service))].toSorted()).toEqual([
      "chat",
      "crash",
      "gateway",
      "match-server",
      "matchmaker",
      "purchase",
    ]);
    const crashes = entries.filter(({ service }) => service === "crash");
    expect(crashes.every(({ message }) => message.split("\n").length >= 5)).toBe(true);
  });

  it("writes platform ids as 17 digits: as strings, and bare in purchases", () => {
    const lines = entries.map(toJson);
    const quoted = lines.filter((line) => /"platform_id":"\d{17}"/.test(line));
    const bare = lines.filter((line) => /"platform_id":\d{17}[,}]/.test(line));
    expect(quoted.every((line) => line.includes('"service":"gateway"'))).toBe(true);
    expect(bare.every((line) => line.includes('"service":"purchase"'))).toBe(true);
    expect(quoted.length).toBeGreaterThan(bare.length / 4);
    expect(bare.length).toBe(entries.filter(({ service }) => service === "purchase").length);
  });

  it("keeps the rate, with bursts and 0.5 % late entries", () => {
    const times = timesOf(entries);
    const lastSecond = (Math.max(...times) - startTime) / 1000;
    expect(lastSecond).toBeGreaterThan(20);
    expect(lastSecond).toBeLessThan(30);
    const agent = timesOf(entries.filter(({ producer }) => producer === "agent-00"));
    const highest = agent.map((_, index) => Math.max(...agent.slice(0, index + 1)));
    const late = agent.filter((time, index) => time < (highest[index] ?? 0)).length;
    expect(late / agent.length).toBeGreaterThan(0.002);
    expect(late / agent.length).toBeLessThan(0.009);
    const inOrder = highest.slice(1).map((time, index) => time - (highest[index] ?? 0));
    const slowest = inOrder.toSorted((a, b) => a - b).at(-100) ?? 0;
    const fastest = inOrder.toSorted((a, b) => a - b).at(300) ?? 0;
    expect(slowest / Math.max(fastest, 1)).toBeGreaterThan(4);
  });

  it("gives the entries of all producers in the order in which they happen", () => {
    const times = timesOf(entries);
    const highest = times.map((_, index) =>
      Math.max(...times.slice(Math.max(0, index - 500), index + 1)),
    );
    const behindMs = times.map((time, index) => (highest[index] ?? 0) - time);
    const share = behindMs.filter((ms) => ms > 250).length / times.length;
    expect(share).toBeLessThan(0.006);
  });

  it("lets the producer send next that has its batch together first", () => {
    const generator = createGenerator(options);
    const ends: number[] = [];
    for (let batch = 0; batch < 200; batch++) {
      const sender = generator.nextSender(100);
      generator.batchNdjson(sender, 100);
      ends.push(generator.timeOf(sender));
    }
    expect(ends).toEqual(ends.toSorted((a, b) => a - b));
  });

  it("fails most requests during an incident", () => {
    const generator = createGenerator({ ...options, isIncident: () => true });
    const broken = Array.from({ length: 20_000 }, () => generator.next());
    expect(shareOf(broken, ({ severity }) => severity === "error")).toBeGreaterThan(0.15);
  });
});

describe("the players", () => {
  it("are distributed by Zipf's law with exponent 1.1 over 10^6", () => {
    const count = 1_000_000;
    const draw = createZipf(createRandom(1), count, 1.1);
    const draws = 200_000;
    const ranks = Array.from({ length: draws }, draw);
    let norm = 0;
    for (let rank = 1; rank <= count; rank++) norm += rank ** -1.1;
    for (const rank of [1, 2, 10]) {
      const share = ranks.filter((other) => other === rank).length / draws;
      const expected = rank ** -1.1 / norm;
      expect(Math.abs(share / expected - 1)).toBeLessThan(0.1);
    }
    expect(ranks.every((rank) => rank >= 1 && rank <= count)).toBe(true);
  });
});
