import type { FieldValuesAnswer } from "@log-service/contract";
import { expect, it } from "vitest";
import { describeOnHosts, json, type TestHost } from "../../test/hosts.ts";

const fill = (host: TestHost) =>
  host.post(
    Array.from({ length: 100 }, (_, index) => ({
      severity: index % 10 === 0 ? "error" : "info",
      service: index % 4 === 0 ? "chat" : "gateway",
      message: `entry ${index}`,
      timestamp: Date.UTC(2026, 10, 22, 8, 0, index),
      attributes: {
        "http.status": index % 10 === 0 ? "502" : 502,
        "a/b c": index % 2 === 0,
        player_id: `p-${index}`,
      },
    })),
  );

const values = (host: TestHost, name: string, query = "") =>
  json<FieldValuesAnswer>(host.fetch(`/logs/fields/${encodeURIComponent(name)}${query}`));

describeOnHosts("fieldValues answers 200", (host) => {
  it("has no value of a field that no entry has", async () => {
    await fill(host);
    expect(await values(host, "nobody")).toEqual({
      name: "nobody",
      values: [],
      otherCount: 0,
      distinct: 0,
      complete: true,
    });
  });

  it.each([
    ["severity", ["info", 90], ["error", 10]],
    ["service", ["gateway", 75], ["chat", 25]],
    ["http.status", [502, 90], ["502", 10]],
    ["a/b c", [false, 50], [true, 50]],
  ])("lists the values of %s, the most frequent first", async (name, ...expected) => {
    await fill(host);
    const answer = await values(host, name);
    expect(answer.values).toEqual(expected.map(([value, count]) => ({ value, count })));
    expect(answer.otherCount).toBe(0);
  });

  it("lists as many as it is asked for, and counts the others", async () => {
    await fill(host);
    const answer = await values(host, "player_id", "?limit=3");
    expect(answer.values).toHaveLength(3);
    expect(answer.otherCount).toBe(97);
    expect(answer.distinct).toBe(100);
  });

  it("counts entries that match", async () => {
    await fill(host);
    const answer = await values(host, "service", "?q=player_id:p-1*&severity=info");
    expect(answer.values).toEqual([
      { value: "gateway", count: 8 },
      { value: "chat", count: 2 },
    ]);
  });
});
