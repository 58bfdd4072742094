// What the server answers is what the contract says, and nothing more: documents, page and clients are built from it.
import {
  context,
  errorsOf,
  fieldValues,
  get,
  ingest,
  problemAnswerSchema,
  type Route,
  routes,
  search,
} from "@log-service/contract";
import { describe, expect, it } from "vitest";
import { createTestApp } from "../packages/api/src/test/test-app.ts";

const request = (path: string, init?: RequestInit) => new Request(`http://localhost${path}`, init);

const post = (body: string, headers: Record<string, string> = {}, path = "/logs") => {
  const sent = { "content-type": "application/json", ...headers };
  return request(path, { method: "POST", body, headers: sent });
};

const textOf = (value: unknown): string =>
  typeof value === "string" ? value : JSON.stringify(value);

const expectDeclared = async (route: Route, response: Response): Promise<void> => {
  const answer = route.responses[response.status];
  expect(Object.keys(route.responses)).toContain(String(response.status));
  const [type] = (response.headers.get("content-type") ?? "").split(";");
  const declared = [answer?.contentType ?? "", ...Object.keys(answer?.alternatives ?? {})];
  expect(declared.map((one) => one.split(";")[0])).toContain(type);
  const text = await response.text();
  const body: unknown = type === "application/json" ? JSON.parse(text) : text;
  // Parsing drops what the schema does not name; nothing may be lost.
  expect(answer?.schema?.parse(body) ?? body).toEqual(body);
};

/** The example requests of the documents: bodies for what is posted, query strings for what is asked. */
const posted = Object.entries(ingest.body.contents).flatMap(([type, { examples }]) =>
  Object.entries(examples).map(([name, { value }]) => [`${type} ${name}`, type, value] as const),
);

const asked = routes
  .filter((route) => route.method === "GET" && route.params === undefined)
  .flatMap((route) =>
    (route.queryExamples ?? [""]).map((query) => [`${route.path}?${query}`, route] as const),
  );

describe("the answer to an example", () => {
  it.each(posted)("is declared: %s", async (_, type, value) => {
    const { app } = createTestApp();
    const response = await app.fetch(post(textOf(value), { "content-type": type }));
    expect(response.status).toBe(201);
    await expectDeclared(ingest, response);
  });

  it.each(asked)("is declared: %s", async (path, route) => {
    const { app } = createTestApp();
    await app.fetch(post(textOf(ingest.body.contents["application/json"].examples.many.value)));
    await expectDeclared(route, await app.fetch(request(path)));
  });

  it("is declared: an entry by its id", async () => {
    const { app } = createTestApp();
    const stored = await app.fetch(
      post(textOf(ingest.body.contents["application/json"].examples.one.value)),
    );
    const { logId } = ingest.responses[201].schema.parse(await stored.json()) as { logId: string }; // one was sent
    await expectDeclared(get, await app.fetch(request(`/logs/${logId}`)));
    await expectDeclared(fieldValues, await app.fetch(request("/logs/fields/player_id")));
    await expectDeclared(context, await app.fetch(request(`/logs/${logId}/context`)));
  });

  it("is declared: a batch with a bad entry", async () => {
    const { app } = createTestApp();
    const body = '[{"severity":"info","message":"m"},{"severity":"fatal"},7]';
    await expectDeclared(ingest, await app.fetch(post(body)));
  });

  it("is declared: a batch that was stored before", async () => {
    const { app } = createTestApp();
    const body = '[{"timestamp":1,"severity":"info","message":"m"}]';
    const again = () => app.fetch(post(body, {}, "/logs?dedupe=content"));
    await again();
    await expectDeclared(ingest, await again());
  });
});

const refusals: [string, Route, Request, string][] = [
  ["a bad entry", ingest, post('{"severity":"fatal"}'), "ENTRY_INVALID"],
  ["bad entries only", ingest, post('[{"severity":"fatal"},7]'), "BATCH_ALL_REJECTED"],
  ["no entry", ingest, post("[]"), "BATCH_EMPTY"],
  ["a value", ingest, post("7"), "ENTRY_NOT_OBJECT"],
  ["a cut body", ingest, post('[{"severity"'), "BODY_INVALID"],
  [
    "a form",
    ingest,
    post("a=1", { "content-type": "application/x-www-form-urlencoded" }),
    "CONTENT_TYPE_UNSUPPORTED",
  ],
  [
    "another encoding",
    ingest,
    post("x", { "content-encoding": "lzma" }),
    "CONTENT_ENCODING_UNSUPPORTED",
  ],
  ["not gzip", ingest, post("x", { "content-encoding": "gzip" }), "BODY_INVALID"],
  ["a bad key", ingest, post("{}", { "idempotency-key": "two words" }), "IDEMPOTENCY_KEY_INVALID"],
  [
    "too many",
    ingest,
    post(`[${'{"severity":"info","message":"m"},'.repeat(10_000)}{}]`),
    "BATCH_TOO_LARGE",
  ],
  ["a wrong parameter", search, request("/logs?limit=0"), "PARAMETER_INVALID"],
  ["an unknown parameter", search, request("/logs?limt=1"), "PARAMETER_UNKNOWN"],
  ["a bad query", search, request("/logs?q=x:%3E"), "QUERY_INVALID"],
  ["a long query", search, request(`/logs?q=${"a".repeat(4097)}`), "QUERY_TOO_LONG"],
  ["a wrong cursor", search, request("/logs?cursor=x"), "CURSOR_INVALID"],
  ["an unknown parameter", get, request("/logs/x?a=1"), "PARAMETER_UNKNOWN"],
  ["an unknown id", get, request("/logs/x"), "ENTRY_NOT_FOUND"],
  [
    "a foreign origin",
    search,
    request("/logs", { headers: { origin: "https://example.com" } }),
    "ORIGIN_FORBIDDEN",
  ],
  [
    "a key that is not one",
    search,
    request("/logs", { headers: { "x-api-key": "lsk_a_b" } }),
    "KEY_INVALID",
  ],
];

it.each(refusals)("the refusal of %s is declared", async (_, route, refused, code) => {
  const { app } = createTestApp();
  const response = await app.fetch(refused);
  expect(response.headers.get("content-type")).toBe("application/problem+json");
  const problem: unknown = await response.json();
  expect(problem).toMatchObject({ code, status: response.status });
  expect(problemAnswerSchema.parse(problem)).toEqual(problem);
  expect(errorsOf(route)).toContain(code);
});
