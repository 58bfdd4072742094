import type { IngestManyAnswer, ProblemAnswer, SearchAnswer } from "@log-service/contract";
import { type Entry, errorCatalogue } from "@log-service/core";
import fc from "fast-check";
import { expect } from "vitest";
import { createTestApp, type TestApp, testNow } from "../../../packages/api/src/test/test-app.ts";
import { type Expectation, readNaively } from "./naive-reading.ts";
import { type FuzzRequest, fuzzRequest } from "./request.ts";

const bodyBytesMax = 2 ** 20;

const formats: ReadonlyMap<string, "json" | "ndjson" | "text"> = new Map([
  ["application/json", "json"],
  ["application/json; charset=utf-8", "json"],
  ["application/x-ndjson", "ndjson"],
  ["application/jsonl", "ndjson"],
  ["text/plain", "text"],
  ['TEXT/PLAIN;charset="UTF-8"', "text"],
]);

const isGoodParameter = (
  [name, value]: readonly [string, string],
  index: number,
  all: FuzzRequest["query"],
) =>
  all.findIndex(([other]) => other === name) === index &&
  ["severity=warning", "service=dpkg", "dedupe=content"].includes(`${name}=${value}`);

/** What must become of a request, its headers and parameters included. */
const expectationOf = ({ body, contentType, encoding, key, query }: FuzzRequest): Expectation => {
  const codes: string[] = [];
  if (!query.every(isGoodParameter)) codes.push("PARAMETER_INVALID", "PARAMETER_UNKNOWN");
  if (key !== undefined && !/^[\x21-\x7e]{1,200}$/.test(key)) codes.push("IDEMPOTENCY_KEY_INVALID");
  const format = contentType === undefined ? "json" : formats.get(contentType);
  if (format === undefined) codes.push("CONTENT_TYPE_UNSUPPORTED");
  if (codes.length > 0 || format === undefined) return { kind: "refused", codes };
  const parameters = new Map(query);
  return readNaively({
    body,
    format,
    encoding,
    bodyBytesMax,
    severity: parameters.get("severity") ?? "info",
    service: parameters.get("service"),
    requireTimestamp: parameters.has("dedupe") && key === undefined,
    now: testNow,
  });
};

const send = async ({ app }: TestApp, request: FuzzRequest) => {
  const { body, contentType, encoding, key, query } = request;
  const headers = new Headers();
  if (contentType !== undefined) headers.set("content-type", contentType);
  if (encoding !== undefined) headers.set("content-encoding", encoding);
  if (key !== undefined) headers.set("idempotency-key", key);
  const url = `http://localhost/logs?${new URLSearchParams(query.map((one): [string, string] => [...one]))}`;
  const response = await app.fetch(new Request(url, { method: "POST", headers, body }));
  const answer = (await response.json()) as Partial<IngestManyAnswer & ProblemAnswer>;
  return { response, answer };
};

type Stored = SearchAnswer["logs"][number];

const readStored = async ({ app }: TestApp): Promise<Stored[]> => {
  const stored: Stored[] = [];
  let cursor: string | null = null;
  do {
    const more: string = cursor === null ? "" : `&cursor=${cursor}`;
    const response = await app.fetch(new Request(`http://localhost/logs?limit=1000${more}`));
    expect(response.status).toBe(200);
    const page = (await response.json()) as SearchAnswer;
    expect(page).toMatchObject({ complete: true });
    stored.push(...page.logs);
    cursor = page.nextCursor;
  } while (cursor !== null);
  return stored;
};

/** An entry as pairs, so that the order of names does not count and `__proto__` is a name like any other. */
const pairsOf = (stored: Stored) => {
  const { logId: _, attributes, ...fields } = stored;
  return [
    ...Object.entries(fields),
    ...Object.entries(attributes ?? {}).map(([n, v]) => [`.${n}`, v]),
  ]
    .filter(([, value]) => value !== undefined)
    .sort();
};

const wantedPairs = ({ attributeNames, attributeValues, timestamp, ...fields }: Entry) =>
  [
    ...Object.entries({ ...fields, timestamp: new Date(timestamp).toISOString() }),
    ...attributeNames.map((name, index) => [`.${name}`, attributeValues[index]]),
  ]
    .filter(([, value]) => value !== undefined)
    .sort();

const newestFirst = (entries: readonly Entry[]): Entry[] =>
  entries.toSorted((a, b) => a.timestamp - b.timestamp).reverse();

const expectProblem = (response: Response, answer: Partial<ProblemAnswer>) => {
  expect(response.headers.get("content-type")).toBe("application/problem+json");
  expect(answer).toMatchObject({ status: response.status, requestId: expect.any(String) });
  expect(Object.keys(errorCatalogue)).toContain(answer.code);
};

const expectKnown = (
  expected: Extract<Expectation, { kind: "read" }>,
  { response, answer }: Awaited<ReturnType<typeof send>>,
) => {
  const { entries, rejectedCount, isSingle } = expected;
  expect(response.status).toBe(entries.length > 0 ? 201 : 400);
  if (isSingle) expect(answer.code).toBe(entries.length > 0 ? undefined : "ENTRY_INVALID");
  else expect(answer).toMatchObject({ accepted: entries.length, rejectedCount });
};

/** One request from its answer to what is stored, and the one after it. */
const check = async (request: FuzzRequest): Promise<void> => {
  await using testApp = createTestApp({ deps: { bodyBytesMax } });
  const expected = expectationOf(request);
  const sent = await send(testApp, request);
  const { response, answer } = sent;
  expect(response.status).toBeLessThan(500);
  if (response.status !== 201) expectProblem(response, answer);
  const stored = await readStored(testApp);
  const accepted = answer.accepted ?? (response.status === 201 ? 1 : 0);
  expect(stored).toHaveLength(accepted);
  if (expected.kind === "refused") expect(expected.codes).toContain(answer.code);
  if (expected.kind === "read") {
    expectKnown(expected, sent);
    expect(stored.map(pairsOf)).toEqual(newestFirst(expected.entries).map(wantedPairs));
  }
  if (
    response.status === 201 &&
    (request.key || request.query.some(([name]) => name === "dedupe"))
  ) {
    expect((await send(testApp, request)).response.status).toBe(201);
    expect(await readStored(testApp)).toEqual(stored);
  }
  const next = { body: new TextEncoder().encode('{"severity":"info","message":"next"}') };
  const plain = { contentType: undefined, encoding: undefined, key: undefined, query: [] };
  expect((await send(testApp, { ...next, ...plain })).response.status).toBe(201);
};

/** Sends random requests; a failure prints the seed and the smallest request that still fails. */
export const fuzzIngest = async (numRuns: number, seed: number): Promise<void> => {
  const outcomes = { stored: 0, refused: 0, unknown: 0 };
  const property = fc.asyncProperty(fuzzRequest, async (request) => {
    await check(request);
    const { kind } = expectationOf(request);
    outcomes[kind === "read" ? "stored" : kind] += 1;
  });
  await fc.assert(property, { numRuns, seed });
  console.table([{ runs: numRuns, ...outcomes }]);
};
