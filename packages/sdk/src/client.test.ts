import { describe, expect, it } from "vitest";
import { operations } from "./api.generated.ts";
import { createTestClient, json, problem, type Sent } from "./test/test-client.ts";

const stored = json({ accepted: 1, rejectedCount: 0, rejected: [] }, 201);

describe("a request", () => {
  it("has the address, the parameters and the key", async () => {
    const { client, sent } = createTestClient([json({ fields: [] })], { apiKey: "lsk_a_b" });
    await client.fields({
      q: "a b",
      severity: ["error", "warning"],
      from: new Date(0),
      to: 5,
      service: undefined,
    });
    expect(sent[0]?.method).toBe("GET");
    expect(sent[0]?.url).toBe(
      "http://logs.test/logs/fields?q=a+b&severity=error%2Cwarning&from=1970-01-01T00%3A00%3A00.000Z&to=5",
    );
    expect(sent[0]?.headers.get("authorization")).toBe("Bearer lsk_a_b");
  });

  it.each([
    ["player_id", "/logs/fields/player_id?limit=3"],
    ["a/b c?d", "/logs/fields/a%2Fb%20c%3Fd?limit=3"],
  ])("has a parameter of its path in it: %j", async (name, target) => {
    const { client, sent } = createTestClient([json({})]);
    await client.fieldValues({ name, limit: 3 });
    expect(sent[0]?.url).toBe(`http://logs.test${target}`);
  });

  it("asks for the key anew when that is a function", async () => {
    let keys = 0;
    const apiKey = async () => `token-${++keys}`;
    const { client, sent } = createTestClient([problem(503, "BUSY"), json({})], { apiKey });
    await client.health();
    expect(sent.map(({ headers }) => headers.get("authorization"))).toEqual([
      "Bearer token-1",
      "Bearer token-2",
    ]);
  });

  it("is text where the answer is", async () => {
    const { client } = createTestClient([
      new Response("# HELP", { headers: { "content-type": "text/plain" } }),
    ]);
    expect(await client.metrics()).toBe("# HELP");
  });
});

it.each([
  { url: "127.0.0.1:3000" },
  { url: "localhost:3000" },
  { ingestUrl: "ingest.test" },
  { url: `${undefined}` },
])("is not made for an address that is none: %j", (options) => {
  expect(() => createTestClient([], options)).toThrow(/^an address is ".*"; it must begin with/);
});

it("asks for erasures where they are done", async () => {
  const urls = { ingestUrl: "https://ingest.test", adminUrl: "https://admin.test/" };
  const { client, sent } = createTestClient(
    [{ id: "e" }, { id: "e" }, { logs: [] }].map((answer) => Response.json(answer)),
    urls,
  );
  await client.erase({ q: "player_id:p-81" });
  await client.erasure({ erasureId: "e" });
  await client.search();
  expect(sent.map(({ url }) => url)).toEqual([
    "https://admin.test/erasures?q=player_id%3Ap-81",
    "https://admin.test/erasures/e",
    expect.stringMatching(/^(?!https:\/\/(admin|ingest)\.)/),
  ]);
});

describe("an ingest", () => {
  it.each([
    [{ severity: "info", message: "m" } as const, '{"severity":"info","message":"m"}'],
    [[{ severity: "info", message: "m" }] as const, '[{"severity":"info","message":"m"}]'],
  ])("sends entries as JSON", async (body, text) => {
    const { client, sent } = createTestClient([stored], { ingestUrl: "https://ingest.test" });
    await client.ingest(body);
    expect(sent[0]?.url).toBe("https://ingest.test/logs");
    expect(sent[0]?.method).toBe("POST");
    expect(sent[0]?.headers.get("content-type")).toBe("application/json");
    expect(sent[0]?.body).toBe(text);
  });

  it("sends text and bytes as NDJSON, or as what it is told", async () => {
    const { client, sent } = createTestClient([stored]);
    await client.ingest("{}\n");
    await client.ingest(new Uint8Array([123, 125]), {}, { contentType: "text/plain" });
    expect(sent.map(({ headers }) => headers.get("content-type"))).toEqual([
      "application/x-ndjson",
      "text/plain",
    ]);
    expect(sent[1]?.body).toEqual(new Uint8Array([123, 125]));
  });

  it("has one key for all tries, another for each call, and one's own where it is given", async () => {
    const { client, sent } = createTestClient([
      new TypeError("reset"),
      problem(503, "BUSY"),
      stored,
    ]);
    await client.ingest([{ severity: "info", message: "m" }]);
    await client.ingest([{ severity: "info", message: "m" }]);
    await client.ingest([], {}, { idempotencyKey: "mine" });
    const keys = sent.map(({ headers }) => headers.get("idempotency-key"));
    expect(keys[0]).toMatch(/^[0-9a-z]{16,}$/);
    expect(new Set(keys.slice(0, 3)).size).toBe(1);
    expect(keys[3]).not.toBe(keys[0]);
    expect(keys[4]).toBe("mine");
  });
});

describe("a call that fails", () => {
  it.each([429, 502, 503, 504])(
    "is tried again after %d, with ever longer waits",
    async (status) => {
      const { client, sent, waits } = createTestClient([problem(status, "BUSY")]);
      await expect(client.health()).rejects.toMatchObject({ code: "BUSY", status });
      expect(sent).toHaveLength(5);
      expect(waits).toEqual([250, 500, 1000, 2000]);
    },
  );

  it.each([400, 401, 403, 404, 405, 408, 409, 413, 415, 422, 500, 501])(
    "is not tried again after %d",
    async (status) => {
      const { client, sent } = createTestClient([problem(status, "INTERNAL")]);
      await expect(client.search()).rejects.toMatchObject({ code: "INTERNAL", status });
      await expect(client.ingest("{}")).rejects.toMatchObject({ status });
      expect(sent).toHaveLength(2);
    },
  );

  it("waits for as long as the server says, and a little longer", async () => {
    const { client, waits } = createTestClient([
      problem(503, "BUSY", { "retry-after": "7" }),
      json({}),
    ]);
    await client.health();
    expect(waits).toEqual([7250]);
  });

  it("does not wait where the server asks for very much patience", async () => {
    const { client, sent } = createTestClient([
      problem(429, "QUOTA_EXCEEDED", { "retry-after": "7200" }),
    ]);
    await expect(client.ingest("{}")).rejects.toMatchObject({ retryAfterMs: 7_200_000 });
    expect(sent).toHaveLength(1);
  });

  it("is tried again when no answer comes, or half of one", async () => {
    const half = new Response('{"status":', { headers: { "content-type": "application/json" } });
    const { client, sent } = createTestClient([
      new TypeError("fetch failed"),
      half,
      json({ status: "ok" }),
    ]);
    expect(await client.health()).toEqual({ status: "ok" });
    expect(sent).toHaveLength(3);
  });

  it("is not tried again when it is the caller's mistake", async () => {
    const { client, sent } = createTestClient([json({})]);
    await expect(client.search({ from: new Date(Number.NaN) })).rejects.toThrow(RangeError);
    expect(sent).toHaveLength(0);
  });

  it("is tried as often as the client is told", async () => {
    const { client, sent } = createTestClient([new TypeError("fetch failed")], { retries: 0 });
    await expect(client.health()).rejects.toMatchObject({ code: "UNREACHABLE", status: 0 });
    expect(sent).toHaveLength(1);
  });

  it("says why no answer came, also where fetch says no more than that it failed", async () => {
    const refused = new Error("connect ECONNREFUSED 127.0.0.1:3000");
    const failed = new TypeError("fetch failed", { cause: refused });
    const { client } = createTestClient([failed]);
    await expect(client.health()).rejects.toThrow(
      "no answer from http://logs.test/: connect ECONNREFUSED 127.0.0.1:3000",
    );
  });

  it("is tried again when an answer takes too long", async () => {
    const never = ({ signal }: Sent) =>
      new Promise<Response>((_, reject) => {
        signal.addEventListener("abort", () => reject(signal.reason));
      });
    const { client, sent } = createTestClient([never, json({ status: "ok" })], { timeoutMs: 1 });
    expect(await client.health()).toEqual({ status: "ok" });
    expect(sent).toHaveLength(2);
  });

  it("says what the service says", async () => {
    const problems = [{ from: 0, to: 1, message: "no" }];
    const answer = { code: "QUERY_INVALID", detail: "at 0: no", requestId: "r-9", problems };
    const { client } = createTestClient([json(answer, 400)]);
    const error = await client.search({ q: "(" }).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(Error);
    expect(error).toMatchObject({
      name: "LogServiceError",
      message: "at 0: no",
      code: "QUERY_INVALID",
      status: 400,
      requestId: "r-9",
      problems,
      answer,
    });
  });

  it("says what something else says, such as a proxy", async () => {
    const { client } = createTestClient([new Response("<h1>Forbidden</h1>", { status: 403 })]);
    await expect(client.health()).rejects.toMatchObject({
      code: "UNEXPECTED_ANSWER",
      message: "403 <h1>Forbidden</h1>",
      problems: [],
    });
  });

  it("ends with the signal's reason, in a request and between two", async () => {
    const caller = new AbortController();
    const leave = () => {
      caller.abort(new Error("enough"));
      throw new TypeError("aborted");
    };
    const { client, sent } = createTestClient([problem(503, "BUSY"), leave]);
    const { signal } = caller;
    await expect(client.health({}, { signal })).rejects.toThrow("enough");
    expect(sent).toHaveLength(2);
    await expect(client.ingest("{}", {}, { signal })).rejects.toThrow("enough");
    expect(sent).toHaveLength(2);
  });
});

it("has a method for each operation", () => {
  const { client } = createTestClient([]);
  expect(Object.keys(client).toSorted()).toEqual(Object.keys(operations).toSorted());
});
