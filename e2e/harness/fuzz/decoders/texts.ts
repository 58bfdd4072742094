import {
  exportRoute,
  parseHeaders,
  parseQuery,
  parseTimestamp,
  routes,
} from "@log-service/contract";
import { type ErrorCode, parseIsoTimestamp } from "@log-service/core";
import { parseRedaction } from "@log-service/core/redact";
import { parse, print, queryLengthMax, tokenize } from "@log-service/query";
import { createAccess } from "../../../../packages/api/src/access/access.ts";
import { createApiKey, parseApiKey } from "../../../../packages/api/src/access/api-key.ts";
import { parseConfig, settings } from "../../../../packages/api/src/hosts/config.ts";
import { noKeys } from "../../../../packages/api/src/test/test-app.ts";
import { parseCursor, printCursor } from "../../../../packages/core/src/service/cursor.ts";
import {
  parseTailCursor,
  printTailCursor,
} from "../../../../packages/core/src/service/tail-cursor.ts";
import { parseArrival, printArrival } from "../../../../packages/stores/src/arrival-position.ts";
import { parsePlace, printPlace } from "../../../../packages/stores/src/dynamodb/seen.ts";
import { parsePosition, printPosition } from "../../../../packages/stores/src/scan-position.ts";

/** What reads a text that a client sends, or an operator writes. */
export interface TextDecoder {
  readonly name: string;
  /** Texts that it takes. */
  readonly good: readonly string[];
  /** Texts that come near to those, and begin further changes. */
  readonly near?: readonly string[];
  /** What it may refuse a text with; none where it never throws. */
  readonly codes: readonly ErrorCode[];
  decode(text: string): unknown;
}

const id = "019ab5c2-7d3e-7c01-9f00-6b1e5a000003";
const time = 0x19ab5c27d3e;
const question = { tenant: "game-1", parameters: { q: "a", order: "newest" } };
const place = { time, id, isInclusive: false };
const { text: apiKey, record } = createApiKey({ tenant: "game-1", scopes: ["read"], createdAt: 0 });
const jwt = [{ alg: "RS256", kid: "a" }, { iss: "x", aud: "y", exp: 2e9, tenant: "game-1" }, "sig"]
  .map((part) => Buffer.from(JSON.stringify(part)).toString("base64url"))
  .join(".");

const access = createAccess({
  keys: { ...noKeys, find: async () => record, isEmpty: async () => false },
  now: () => time,
  isOpenWithoutKeys: false,
});

const authenticate = (name: string, prefix: string) => (text: string) =>
  access.authenticate(new Headers({ [name]: prefix + text.replaceAll(/[^\t\x20-\xff]/g, "") }));

const cursors: readonly TextDecoder[] = [
  {
    name: "the cursor of a search",
    good: [
      printCursor({ from: 0, to: time, place, startAt: undefined }, question),
      printCursor({ from: 0, to: time, place, startAt: printPosition("newest", place) }, question),
    ],
    codes: ["CURSOR_INVALID", "CURSOR_MISMATCH"],
    decode: (text) => parseCursor(text, question),
  },
  {
    name: "the cursor of a tail",
    good: [
      printTailCursor({ position: "1.a", begun: new Map() }, question),
      printTailCursor({ position: printArrival("e", 7), begun: new Map([[id, 12]]) }, question),
    ],
    codes: ["CURSOR_INVALID", "CURSOR_MISMATCH"],
    decode: (text) => parseTailCursor(text, question),
  },
  {
    name: "a position of a scan",
    good: [printPosition("newest", place)],
    near: [printPosition("oldest", place)],
    codes: ["CURSOR_INVALID"],
    decode: (text) => parsePosition("newest", text),
  },
  {
    name: "a place in the order of arrival",
    good: [printArrival("e", 0), printArrival("e", 2 ** 40)],
    near: [printArrival("another", 1)],
    codes: ["CURSOR_INVALID"],
    decode: (text) => parseArrival(text, "e"),
  },
  {
    name: "a place in the order of arrival on DynamoDB",
    good: [
      printPlace({ floor: id, seen: [], readAt: time, lookedAt: time }),
      printPlace({ floor: id, seen: [id, id], readAt: time, lookedAt: 0 }),
    ],
    // Begins at the last moment that an id can name, and counts on from there.
    near: [`0.0.${Buffer.alloc(16, 0xff).toString("base64url")}.${"_".repeat(44)}`],
    codes: ["CURSOR_INVALID"],
    decode: parsePlace,
  },
];

const keysAndTokens: readonly TextDecoder[] = [
  { name: "an API key", good: [apiKey], codes: [], decode: parseApiKey },
  {
    name: "Authorization",
    good: [`Bearer ${apiKey}`, `Basic ${Buffer.from(`a:${apiKey}`).toString("base64")}`],
    near: [`Bearer ${jwt}`],
    codes: ["KEY_INVALID", "KEY_REQUIRED"],
    decode: authenticate("authorization", ""),
  },
  {
    name: "x-api-key",
    good: [apiKey],
    codes: ["KEY_INVALID"],
    decode: authenticate("x-api-key", ""),
  },
];

const parameters: readonly TextDecoder[] = [
  {
    name: "the text of a query",
    good: ["connection reset", 'a:[1 TO 2] OR NOT "b c"', "/time(d )?out/ -x:y*", "(a OR (b -c))"],
    codes: [],
    decode: (text) => {
      const printed = print(parse(text).filter);
      // Printing adds quotes: what was as long as a query may be can be longer then.
      const isShort = printed.length <= queryLengthMax;
      if (isShort && print(parse(printed).filter) !== printed)
        throw new Error(`${printed} means something else`);
      return tokenize(text);
    },
  },
  {
    name: "a timestamp",
    good: [
      "2026-11-22T09:00:00.123Z",
      "2026-11-22T09:00:00+02",
      "20261122T090000Z",
      "1763802000123",
    ],
    codes: [],
    decode: (text) => [parseIsoTimestamp(text), parseTimestamp(text)],
  },
  {
    name: "a query string",
    good: [...(exportRoute.queryExamples ?? []), "from=-1d..-2h&to=1970", "a=b&a=b"],
    codes: [],
    decode: (text) =>
      routes.map((route) => parseQuery(route, new URLSearchParams(text), { now: time })),
  },
  {
    name: "a header that a route reads",
    good: ["8e03978e-40d5-43e8-bc93-6894a57f9324"],
    codes: [],
    decode: (text) => routes.map((route) => parseHeaders(route, () => text, { now: time })),
  },
];

const operators: readonly TextDecoder[] = [
  {
    name: "the rules of redaction",
    good: ["email=hash,ip=mask", "attributes.password=drop"],
    codes: [],
    decode: (text) => parseRedaction(text, text),
  },
  {
    name: "any setting",
    good: settings.map((setting) => setting.default),
    codes: [],
    decode: (text) => settings.map(({ name }) => parseConfig({ [name]: text }).problems),
  },
];

export const textDecoders = [...cursors, ...keysAndTokens, ...parameters, ...operators];
