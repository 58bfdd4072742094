import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type CompletionSource, complete } from "./complete.ts";
import { parse } from "./parse.ts";
import { nearlyQuery } from "./test/arbitraries.ts";

const source: CompletionSource = {
  fields: () => ["player_id", "latency_ms", "http.status", "a b"],
  values: async (field) =>
    ({
      service: ["matchmaker", "match-server", "chat", "chat room"],
      "http.status": [200, 502, "502"],
      retry: [true, false],
    })[field] ?? [],
};

/** Completes at the bar, and shows each text as it would stand then. */
const completed = async (marked: string): Promise<string[]> => {
  const at = marked.indexOf("|");
  const text = marked.replace("|", "");
  const { from, to, items } = await complete(text, at, source);
  return items.map((item) => `${text.slice(0, from)}${item.text}${text.slice(to)}`);
};

describe("completion", () => {
  it.each([
    ["pl|", ["player_id:"]],
    ["timeout LAT|", ["timeout latency_ms:"]],
    ["se|", ["severity:", "service:"]],
    ["(se|)", ["(severity:)", "(service:)"]],
    ["-serv|", ["-service:"]],
    ["a| b", ['"a b": b']],
    ["se|:chat", ["severity:chat", "service:chat"]],
    ["s|ervi x", ["severity: x", "service: x", "spanId: x"]],
    ["service:ma|", ["service:matchmaker", "service:match-server"]],
    ["service:m|atch x", ["service:matchmaker x", "service:match-server x"]],
    ['service:"chat r|', ['service:"chat room"']],
    ['service:"ch|"', ["service:chat", 'service:"chat room"']],
    ["attributes.service:|", ["attributes.service:>"]],
    ["http.status:5|", ["http.status:502"]],
    ["severity:E|", ["severity:error"]],
    ["service:(chat OR matchm|", ["service:(chat OR matchmaker"]],
    ["service:(chat |", ["service:(chat matchmaker"]],
    ["retry:t|", ["retry:true"]],
    ["timeout o|", ["timeout OR"]],
  ])("at %s", async (marked, expected) => {
    const found = await completed(marked);
    expect(found.slice(0, expected.length)).toEqual(expected);
  });

  it.each([
    '"connection res|',
    "/time|",
    "latency_ms:>2|",
    "latency_ms:[1 TO |",
    "service:ma*|",
    '"x y"|',
  ])("has nothing to say at %s", async (marked) => {
    expect(await completed(marked)).toEqual([]);
  });

  it("offers fields, and AND and OR behind a term only", async () => {
    expect(await completed("|")).toContain("player_id:");
    expect(await completed("|")).not.toContain("OR");
    expect(await completed("timeout |")).toContain("timeout OR");
    expect(await completed("timeout OR |")).not.toContain("timeout OR AND");
  });

  it("offers comparisons behind a colon", async () => {
    expect(await completed("latency_ms:|")).toEqual(
      [">", ">=", "<", "<=", "[", "*", "("].map((sign) => `latency_ms:${sign}`),
    );
  });

  it("asks for values of the field as a filter names it", async () => {
    const asked: string[] = [];
    const values = (field: string, prefix: string) => {
      asked.push(`${field} ${prefix}`);
      return [];
    };
    await complete("attributes.map:du", 17, { fields: () => [], values });
    await complete('"a b":(x OR (y z', 16, { fields: () => [], values });
    expect(asked).toEqual(["map du", "a b z"]);
  });

  it("never throws, stays inside of the text, and what it offers as a value has a meaning", async () => {
    await fc.assert(
      fc.asyncProperty(nearlyQuery, fc.nat(), async (text, place) => {
        const at = place % (text.length + 1);
        const { from, to, items } = await complete(text, at, source);
        expect(from).toBeLessThanOrEqual(at);
        expect(to).toBeGreaterThanOrEqual(at);
        expect(to).toBeLessThanOrEqual(text.length);
        for (const item of items.filter(({ kind }) => kind === "value"))
          expect(parse(`x:${item.text}`).problems).toEqual([]);
      }),
    );
  });
});
