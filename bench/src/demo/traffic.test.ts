import { describe, expect, it } from "vitest";
import { parseDemoOptions } from "./options.ts";
import { createTraffic } from "./traffic.ts";

const startTime = Date.parse("2026-11-22T09:00:00Z");

describe("the demo's traffic", () => {
  it("happens as time passes", () => {
    const traffic = createTraffic(100, startTime);
    expect(traffic.producers).toBe(10);
    let sent = 0;
    for (let now = startTime; now <= startTime + 60_000; now += 250)
      for (let producer = 0; producer < traffic.producers; producer++)
        sent += traffic.takeBatch(producer, now)?.count ?? 0;
    expect(sent).toBeGreaterThan(5500);
    expect(sent).toBeLessThan(6500);
  });

  it("has an incident after a minute, for a while", () => {
    const traffic = createTraffic(10, startTime);
    const seconds = [0, 59, 60, 104, 105, 360];
    expect(seconds.map((second) => traffic.isIncident(startTime + second * 1000))).toEqual([
      false,
      false,
      true,
      true,
      false,
      true,
    ]);
  });
});

describe("the demo's command line", () => {
  it("takes the port and the key from the environment", () => {
    const env = { LOG_SERVICE_PORT: "4000", LOG_API_KEY: "lsk_a_b" };
    expect(parseDemoOptions(["--rate", "50"], env)).toEqual({
      url: "http://127.0.0.1:4000",
      apiKey: "lsk_a_b",
      entriesPerSecond: 50,
      seconds: Number.POSITIVE_INFINITY,
    });
  });

  it.each([
    [["--rate", "0"], "--rate"],
    [["--url", "nowhere"], "--url"],
    [["--speed", "1"], "--speed"],
  ])("refuses %j", (args, name) => {
    expect(() => parseDemoOptions(args, {})).toThrow(name);
  });
});
