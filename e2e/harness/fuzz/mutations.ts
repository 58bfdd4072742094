import fc from "fast-check";

type Bytes = Uint8Array<ArrayBuffer>;

/** One change of a body. Places are shares of its length, so that they fit any body. */
export type Mutation = (body: Bytes) => Bytes;

const place = fc.double({ min: 0, max: 1, noNaN: true });

const splice = (body: Bytes, at: number, removed: number, inserted: Uint8Array): Bytes => {
  const start = Math.floor(at * body.length);
  const end = Math.min(body.length, start + removed);
  return new Uint8Array(Buffer.concat([body.subarray(0, start), inserted, body.subarray(end)]));
};

const latin1 = (text: string) => Buffer.from(text, "latin1");

/** Bytes and texts that parsers trip over. */
const token = fc.constantFrom(
  ...[
    "\0",
    "\xff",
    "\xc0\xaf",
    "\xed\xa0\x80",
    "\xef\xbb\xbf",
    "\xf4\x90\x80\x80",
    "\\ud800",
    "\\u00",
  ],
  ...['"', "\\", "{", "}", "[", "]", ",", ":", "\n", "\r\n", "\r", "\n\n", " ", "\t", "\u000b"],
  ...["null", "NaN", "-", "1e400", "76561198000000001", "true", "//", "'", '"__proto__":{"x":1},'],
  ...["}\n{", "},{", "]}", "[[", '{"a":'],
);

const mutations: fc.Arbitrary<Mutation>[] = [
  fc.tuple(place, token).map(
    ([at, text]) =>
      (body) =>
        splice(body, at, 0, latin1(text)),
  ),
  fc.tuple(place, token).map(
    ([at, text]) =>
      (body) =>
        splice(body, at, text.length, latin1(text)),
  ),
  fc.tuple(place, fc.integer({ min: 1, max: 20 })).map(
    ([at, count]) =>
      (body) =>
        splice(body, at, count, new Uint8Array()),
  ),
  place.map((at) => (body) => body.slice(0, Math.floor(at * body.length))),
  place.map((at) => (body) => body.slice(Math.floor(at * body.length))),
  fc.tuple(place, fc.integer({ min: 0, max: 255 })).map(
    ([at, byte]) =>
      (body) =>
        splice(body, at, 1, Uint8Array.of(byte)),
  ),
  fc.tuple(place, place, place).map(([from, to, at]) => (body) => {
    const [start, end] = [Math.min(from, to), Math.max(from, to)];
    const part = body.subarray(Math.floor(start * body.length), Math.floor(end * body.length));
    return splice(body, at, 0, part);
  }),
];

/** Usually no change at all, else some. */
export const anyMutations: fc.Arbitrary<readonly Mutation[]> = fc.oneof(
  { weight: 5, arbitrary: fc.constant([]) },
  { weight: 5, arbitrary: fc.array(fc.oneof(...mutations), { minLength: 1, maxLength: 4 }) },
);
