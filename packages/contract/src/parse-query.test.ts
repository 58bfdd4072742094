import { describe, expect, it } from "vitest";
import { parseHeaders, parseQuery } from "./parse-query.ts";
import { get, health, ingest, search } from "./routes/index.ts";

// Types of Node and of the DOM are kept out of this package; every host has this class.
const { URLSearchParams } = globalThis as unknown as {
  URLSearchParams: new (text: string) => Iterable<readonly [string, string]>;
};

const now = Date.UTC(2026, 10, 22, 9);

const parse = (text: string) => parseQuery(search, new URLSearchParams(text), { now });

const problemsOf = (text: string) =>
  (parse(text).problems ?? []).map(({ path, code, message }) => [path, code, message]);

describe("the parameters of a search", () => {
  it("have defaults", () => {
    expect(parse("").values).toEqual({
      severity: undefined,
      service: undefined,
      from: undefined,
      to: undefined,
      order: "newest",
      limit: 100,
      cursor: undefined,
    });
  });

  it.each([
    ["limit=1", { limit: 1 }],
    ["limit=1000", { limit: 1000 }],
    ["order=oldest", { order: "oldest" }],
    ["severity=error", { severity: ["error"] }],
    ["severity=error,warning,error", { severity: ["warning", "error"] }],
    ["service=match-server", { service: "match-server" }],
    [`service=${"s".repeat(200)}`, { service: "s".repeat(200) }],
    [`cursor=${"c".repeat(2000)}`, { cursor: "c".repeat(2000) }],
    ["from=0", { from: 0 }],
    ["from=1795338000123", { from: 1_795_338_000_123 }],
    ["from=2026-11-22T09:00:00.123Z", { from: now + 123 }],
    ["to=2026-11-22T10:00:00%2B01:00", { to: now }],
    ["to=2026-11-22T10:00:00+01:00", { to: now }],
    ["from=-30s", { from: now - 30_000 }],
    ["from=-15m", { from: now - 900_000 }],
    ["from=-2h", { from: now - 7_200_000 }],
    ["from=-1d", { from: now - 86_400_000 }],
    ["from=-1w", { from: now - 604_800_000 }],
    ["from=-9999w", { from: 0 }],
    ["from=-2h&to=-1h", { from: now - 7_200_000, to: now - 3_600_000 }],
  ])("take %s", (text, values) => {
    expect(parse(text).values).toMatchObject(values);
  });

  it.each([
    "limit=0",
    "limit=1001",
    "limit=",
    "limit=1.5",
    "limit=1e2",
    "limit=+5",
    "limit=-5",
    "order=up",
    "order=",
    "severity=",
    "severity=fatal",
    "severity=Error",
    "severity=error,",
    "service=",
    `service=${"s".repeat(201)}`,
    "from=yesterday",
    "from=2026-11-22T09:00:00",
    "from=-15",
    "from=-15y",
    "from=--15m",
    "from=999999999999999",
    "from=",
    "from=-1h&to=-1h",
    "from=2&to=1",
    "limit=5&limit=5",
  ])("refuse %s", (text) => {
    expect(problemsOf(text)).toEqual([
      [text.split("=")[0], "PARAMETER_INVALID", expect.stringMatching(/^\w+ (is|has) /)],
    ]);
  });

  it.each(["cursor=", `cursor=${"c".repeat(2001)}`])("refuse the cursor %s", (text) => {
    expect(problemsOf(text)).toEqual([["cursor", "CURSOR_INVALID", expect.any(String)]]);
  });

  it("tell all problems at once", () => {
    expect(problemsOf("limit=0&order=up&x=1").map(([path]) => path)).toEqual([
      "x",
      "order",
      "limit",
    ]);
  });
});

describe("an unknown parameter", () => {
  const known = "Known: q, severity, service, from, to, order, limit, cursor.";

  it.each([
    ["limt", `"limt" is not a parameter of this route. Did you mean limit? ${known}`],
    ["Limit", `"Limit" is not a parameter of this route. Did you mean limit? ${known}`],
    ["serverity", `"serverity" is not a parameter of this route. Did you mean severity? ${known}`],
    ["player_id", `"player_id" is not a parameter of this route. ${known}`],
    ["__proto__", `"__proto__" is not a parameter of this route. ${known}`],
    ["", `"" is not a parameter of this route. ${known}`],
  ])("is refused: %j", (name, message) => {
    expect(problemsOf(`${name}=1`)).toEqual([[name, "PARAMETER_UNKNOWN", message]]);
  });

  it("is refused where there are none", () => {
    const { problems } = parseQuery(get, new URLSearchParams("a=1"), { now });
    expect(problems?.[0]?.message).toBe(
      '"a" is not a parameter of this route. This route has none.',
    );
  });

  it("is passed over where the route declares no query", () => {
    expect(parseQuery(health, new URLSearchParams("probe=1"), { now }).problems).toBeUndefined();
  });

  it("does not fill an answer, however long", () => {
    expect(JSON.stringify(problemsOf("x".repeat(10_000)))).toHaveLength(391);
  });
});

describe("the headers of an ingest", () => {
  const key = (text: string | null) =>
    parseHeaders(ingest, (name) => (name === "Idempotency-Key" ? text : null), { now });

  it("may be left out", () => {
    expect(key(null).values).toEqual({ "Idempotency-Key": undefined });
  });

  it.each(["a", "8e03978e-40d5-43e8-bc93-6894a57f9324", "k".repeat(200)])("take %s", (text) => {
    expect(key(text).values).toEqual({ "Idempotency-Key": text });
  });

  it.each(["", "two words", "schlüssel", "k".repeat(201)])("refuse %j", (text) => {
    expect(key(text).problems).toMatchObject([
      { path: "Idempotency-Key", code: "IDEMPOTENCY_KEY_INVALID" },
    ]);
  });
});
