import { testNow } from "../../../../packages/api/src/test/test-app.ts";
import {
  entry,
  type HostileBody,
  json,
  latin1,
  lines,
  refused,
  refusedFor,
  storedWith,
} from "./hostile-body.ts";

export const texts: readonly HostileBody[] = [
  {
    name: "invalid UTF-8 in JSON",
    body: () => latin1(entry('"a":"\xff\xfe"')),
    outcome: refused("BODY_INVALID"),
  },
  {
    name: "an overlong slash",
    body: () => latin1(entry('"a":"\xc0\xaf"')),
    outcome: refused("BODY_INVALID"),
  },
  {
    name: "a surrogate as UTF-8 bytes",
    body: () => latin1(entry('"a":"\xed\xa0\x80"')),
    outcome: refused("BODY_INVALID"),
  },
  lines("one line of invalid UTF-8", () => latin1(`${entry('"a":"\xe9"')}\n${entry('"a":1')}`), {
    ...storedWith({ a: 1 }),
    rejected: ["ENTRY_NOT_UTF8"],
  }),
  json(
    "lone surrogates, escaped",
    entry('"a":"\\ud800x\\udfff"'),
    storedWith({ a: "\ud800x\udfff" }),
  ),
  json("a lone surrogate in a name", entry('"\\udead":1'), storedWith({ "\udead": 1 })),
  json("a NUL character, escaped", entry('"a":"x\\u0000y"'), storedWith({ a: "x\0y" })),
  json(
    "control characters, escaped",
    entry('"a":"\\u001b[31m\\r\\n"'),
    storedWith({ a: "\x1b[31m\r\n" }),
  ),
  json("a byte order mark", `\ufeff${entry('"a":1')}`, storedWith({ a: 1 })),
  json("two byte order marks", `\ufeff\ufeff${entry('"a":1')}`, refused("BODY_INVALID")),
  json("a byte order mark within a text", entry('"a":"\ufeff"'), storedWith({ a: "\ufeff" })),
  {
    name: "UTF-16 with a byte order mark",
    body: () => new Uint8Array(Buffer.from(`\ufeff${entry('"a":1')}`, "utf16le")),
    outcome: refused("BODY_INVALID"),
  },
  {
    name: "UTF-16 without one",
    body: () => new Uint8Array(Buffer.from(entry('"a":1'), "utf16le")),
    outcome: refused("BODY_INVALID"),
  },
];

export const numbers: readonly HostileBody[] = [
  json(
    "a 17-digit integer",
    entry('"a":76561198000000001'),
    storedWith({ a: "76561198000000001" }),
  ),
  json(
    "a negative 19-digit integer in a nested object",
    entry('"o":{"a":-9223372036854775807}'),
    storedWith({ "o.a": "-9223372036854775807" }),
  ),
  json(
    "long integers in an array",
    entry('"a":[76561198000000001,[12345678901234567890]]'),
    storedWith({ a: "[76561198000000001,[12345678901234567890]]" }),
  ),
  json("2^53", entry('"a":9007199254740992'), storedWith({ a: 2 ** 53 })),
  json("2^53 + 1", entry('"a":9007199254740993'), storedWith({ a: "9007199254740993" })),
  json("1e400", entry('"a":1e400,"b":-1e400'), storedWith({ a: "1e400", b: "-1e400" })),
  json("1e-400", entry('"a":1e-400'), storedWith({ a: "1e-400" })),
  json("a fraction of 30 digits", entry('"a":0.123456789012345678901234567891'), {
    ...storedWith({ a: "0.123456789012345678901234567891" }),
  }),
  json(
    "a number of 1,000 digits",
    entry(`"a":${"9".repeat(1000)}`),
    storedWith({ a: "9".repeat(1000) }),
  ),
  json("-0", entry('"a":-0,"b":[-0]'), storedWith({ a: -0, b: "[-0]" })),
  json(
    "a number as the message",
    '{"severity":"info","message":17}',
    refusedFor("FIELD_TYPE_INVALID"),
  ),
  json("a leading zero", entry('"a":007'), refused("BODY_INVALID")),
];

const at = (time: number) => entry(`"timestamp":${time}`);

export const times: readonly HostileBody[] = [
  json("a time far in the future", at(4_102_444_800_000), refusedFor("TIMESTAMP_TOO_FAR_AHEAD")),
  json(
    "a time one millisecond too far ahead",
    at(testNow + 600_001),
    refusedFor("TIMESTAMP_TOO_FAR_AHEAD"),
  ),
  json("a time ten minutes ahead", at(testNow + 600_000), {
    ...storedWith({}, { timestamp: new Date(testNow + 600_000).toISOString() }),
  }),
  json("a time before 1970", at(-1), refusedFor("TIMESTAMP_INVALID")),
  json(
    "a time before 1970 as text",
    entry('"timestamp":"1969-12-31T23:59:59.999Z"'),
    refusedFor("TIMESTAMP_INVALID"),
  ),
  json(
    "the first moment of 1970",
    at(0),
    storedWith({}, { timestamp: "1970-01-01T00:00:00.000Z" }),
  ),
  json(
    "a time of -0",
    entry('"timestamp":-0'),
    storedWith({}, { timestamp: "1970-01-01T00:00:00.000Z" }),
  ),
  json("a time of 1e400", entry('"timestamp":1e400'), refusedFor("TIMESTAMP_INVALID")),
  json(
    "a day that does not exist",
    entry('"timestamp":"2026-02-30T00:00:00Z"'),
    refusedFor("TIMESTAMP_INVALID"),
  ),
  json(
    "a time without a zone",
    entry('"timestamp":"2026-11-22T09:00:00"'),
    refusedFor("TIMESTAMP_INVALID"),
  ),
  json("nanoseconds", at(1_795_338_000_000_000_000), refusedFor("TIMESTAMP_TOO_FAR_AHEAD")),
];
