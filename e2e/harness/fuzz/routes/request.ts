import { type Route, routes } from "@log-service/contract";
import fc from "fast-check";
import { anyMutations } from "../mutations.ts";
import { anyChange, anyText, around } from "./texts.ts";

/** A request to any route, before it is known where its cursor leads. */
export interface RouteRequest {
  readonly method: string;
  readonly path: string;
  readonly pairs: readonly (readonly [string, string])[];
  /** Put behind the query as it is, whether it is one or not. */
  readonly rawQuery: string;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: Uint8Array<ArrayBuffer> | undefined;
  /** When the answer has a cursor, the same is asked again with this done to it. */
  readonly changeCursor: (cursor: string) => string;
}

const methods = ["GET", "POST", "HEAD", "OPTIONS", "PUT", "PATCH", "DELETE", "QUERY"];

const encode = (text: string): string => encodeURIComponent(text.toWellFormed());

/** Parts of a path as a client writes them, and now and then as none should. */
const segment = (...good: readonly string[]): fc.Arbitrary<string> =>
  fc.oneof(
    { weight: 6, arbitrary: around(...good).map(encode) },
    {
      weight: 1,
      arbitrary: anyText.map((text) => text.replaceAll(/[\s?#\\]/g, "").toWellFormed()),
    },
  );

const pathOf = (route: Route, logIds: readonly string[]): fc.Arbitrary<string> =>
  fc
    .array(segment(...logIds, "severity", "message", "player_id"), { minLength: 1, maxLength: 1 })
    .map(([text = ""]) => route.path.replaceAll(/\{\w+\}/g, () => text));

const isPaged = ({ query }: Route): boolean => query !== undefined && "cursor" in query;

const pairsOf = (route: Route): fc.Arbitrary<readonly (readonly [string, string])[]> => {
  const known = Object.entries(route.query ?? {});
  const examples = (route.queryExamples ?? []).map((text) => [...new URLSearchParams(text)]);
  const good = fc.constantFrom<readonly (readonly [string, string])[]>(
    [],
    ...examples.map((all) => all.map(([name, value]): [string, string] => [name, value])),
  );
  const own = known.map(([name, { example }]) =>
    around(example).map((value): readonly [string, string] => [name, value]),
  );
  const pair = fc.oneof(
    ...own,
    fc.tuple(fc.constantFrom("limt", "q", "from", "__proto__", "wait", ""), anyText),
  );
  return fc.oneof(
    // A small page has a cursor.
    { weight: isPaged(route) ? 8 : 0, arbitrary: fc.constant([["limit", "2"] as const]) },
    { weight: 2, arbitrary: good },
    { weight: 3, arbitrary: fc.array(pair, { maxLength: 4 }) },
    { weight: 1, arbitrary: fc.tuple(good, pair).map(([all, one]) => [...all, one]) },
  );
};

/** What a header can hold; the rest no client can send. */
const headerValue = (text: string): string =>
  text
    .replaceAll(/[^\t\x20-\x7e\x80-\xff]/g, "")
    .trim()
    .slice(0, 4000);

const headersOf = (route: Route): fc.Arbitrary<readonly (readonly [string, string])[]> => {
  const known: readonly (readonly [string, readonly string[]])[] = [
    ...Object.entries(route.headers ?? {}).map(([name, { example }]) => [name, [example]] as const),
    ["accept", ["application/json", "text/event-stream", "text/csv"]],
    ["content-type", ["application/json", "application/x-ndjson", "text/plain"]],
    ["content-encoding", ["identity", "gzip", "zstd"]],
    ["authorization", ["Bearer lsk_000000000000_x", "Basic eDp5", "Bearer a.b.c", "Digest x"]],
    ["x-api-key", ["lsk_000000000000_x"]],
    ["origin", ["http://localhost:5173", "https://evil.example", "null"]],
    ["host", ["localhost:3000", "127.0.0.1", "evil.example"]],
    ["sec-fetch-site", ["same-origin", "cross-site", "none"]],
    ["x-request-id", ["match-7"]],
    ["range", ["bytes=0-10"]],
    ["if-none-match", ["*"]],
  ];
  const one = known.map(([name, good]) =>
    around(...good).map((value): readonly [string, string] => [name, headerValue(value)]),
  );
  return fc.oneof(
    { weight: 2, arbitrary: fc.constant([]) },
    { weight: 1, arbitrary: fc.array(fc.oneof(...one), { maxLength: 3 }) },
  );
};

const bodyOf = (route: Route): fc.Arbitrary<Uint8Array<ArrayBuffer> | undefined> => {
  const contents = Object.values(route.body?.contents ?? {});
  const examples = contents.flatMap((content) => Object.values(content.examples));
  const texts = examples.map(({ value }) =>
    typeof value === "string" ? value : JSON.stringify(value),
  );
  if (texts.length === 0) return fc.option(fc.uint8Array(), { nil: undefined });
  return fc
    .tuple(fc.constantFrom(...texts), anyMutations)
    .map(([text, mutations]) =>
      mutations.reduce((bytes, mutate) => mutate(bytes), new TextEncoder().encode(text)),
    );
};

const fromBase64 = (text: string): unknown[] | undefined => {
  try {
    const parts: unknown = JSON.parse(Buffer.from(text, "base64url").toString());
    return Array.isArray(parts) ? parts : undefined;
  } catch {
    return undefined;
  }
};

/** Changes one part of a cursor and leaves the others, so that it gets as far as it can. */
const changePart =
  (at: number, value: unknown, change: (text: string) => string) => (cursor: string) => {
    const parts = fromBase64(cursor);
    if (parts === undefined)
      return cursor
        .split("~")
        .map((part, place) => (place === at % 5 ? change(part) : part))
        .join("~");
    const place = at % parts.length;
    const old = parts[place];
    parts[place] = typeof old === "string" && value === undefined ? change(old) : value;
    return Buffer.from(JSON.stringify(parts)).toString("base64url");
  };

const anyCursorChange: fc.Arbitrary<(cursor: string) => string> = fc.oneof(
  { weight: 1, arbitrary: fc.constant((cursor: string) => cursor) },
  { weight: 2, arbitrary: anyChange },
  {
    weight: 6,
    arbitrary: fc
      .tuple(
        fc.nat(8),
        fc.option(fc.oneof(fc.jsonValue(), fc.maxSafeInteger()), { nil: undefined }),
        anyChange,
      )
      .map(([at, value, change]) => changePart(at, value, change)),
  },
);

const requestTo = (route: Route, logIds: readonly string[]): fc.Arbitrary<RouteRequest> =>
  fc.record({
    method: fc.oneof(
      { weight: 12, arbitrary: fc.constant<string>(route.method) },
      { weight: 1, arbitrary: fc.constantFrom(...methods) },
    ),
    path: fc.oneof(
      { weight: 15, arbitrary: pathOf(route, logIds) },
      { weight: 1, arbitrary: segment("logs", "health").map((text) => `/${text}`) },
    ),
    pairs: pairsOf(route),
    rawQuery: fc.oneof(
      { weight: 12, arbitrary: fc.constant("") },
      {
        weight: 1,
        arbitrary: anyText.map((text) => `&${text.replaceAll("#", "").toWellFormed()}`),
      },
    ),
    headers: headersOf(route),
    body: bodyOf(route),
    changeCursor: anyCursorChange,
  });

/** Requests to every route of the contract: good ones, changed ones and hostile ones. */
export const anyRequest = (logIds: readonly string[]): fc.Arbitrary<RouteRequest> =>
  fc.oneof(
    ...routes.map((route) => ({
      weight: isPaged(route) ? 3 : 1,
      arbitrary: requestTo(route, logIds),
    })),
  );
