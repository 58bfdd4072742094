import fc from "fast-check";
import { compressors, encodings } from "./compress.ts";
import { entryText } from "./entry-texts.ts";
import { utf8 } from "./hostile/hostile-body.ts";
import { hostileBodies } from "./hostile/index.ts";
import { anyMutations, type Mutation } from "./mutations.ts";

/** A request to the ingest route, and what a plain reader knows about it. */
export interface FuzzRequest {
  readonly body: Uint8Array<ArrayBuffer>;
  readonly contentType: string | undefined;
  readonly encoding: string | undefined;
  readonly key: string | undefined;
  readonly query: readonly (readonly [string, string])[];
}

const entries = fc.array(entryText, { maxLength: 12 });

const bodyText = fc.oneof(
  { weight: 3, arbitrary: entryText },
  { weight: 4, arbitrary: entries.map((all) => `[${all.join(",")}]`) },
  {
    weight: 5,
    arbitrary: fc
      .tuple(entries, fc.constantFrom("\n", "\r\n", "\n\n \n"))
      .map(([all, end]) => all.join(end)),
  },
  { weight: 2, arbitrary: fc.array(fc.string(), { maxLength: 8 }).map((all) => all.join("\n")) },
  { weight: 1, arbitrary: fc.string({ unit: "binary", maxLength: 200 }) },
);

// Those of the corpus that are quick; the bombs have a test of their own.
const quick = hostileBodies.filter(({ name }) => !name.includes("bomb"));

const seedBody = fc.oneof(
  { weight: 40, arbitrary: bodyText.map(utf8) },
  { weight: 1, arbitrary: fc.constantFrom(...quick).map(({ body }) => body()) },
);

const contentType = fc.oneof(
  { weight: 6, arbitrary: fc.constant("application/json") },
  { weight: 6, arbitrary: fc.constant("application/x-ndjson") },
  { weight: 3, arbitrary: fc.constant("text/plain") },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      undefined,
      "application/json; charset=utf-8",
      'TEXT/PLAIN;charset="UTF-8"',
      "application/jsonl",
    ),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      "text/html",
      "",
      ";",
      "application/json; charset=latin1",
      "__proto__",
    ),
  },
);

const encoding = fc.oneof(
  { weight: 10, arbitrary: fc.constant(undefined) },
  { weight: 5, arbitrary: fc.constantFrom(...encodings) },
);

const key = fc.oneof(
  { weight: 8, arbitrary: fc.constant(undefined) },
  { weight: 4, arbitrary: fc.uuid() },
  {
    weight: 1,
    arbitrary: fc.constantFrom("k".repeat(200), "k".repeat(201), "two words", "\xe9", ""),
  },
);

const parameter = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.constantFrom(
      ["severity", "warning"] as const,
      ["service", "dpkg"] as const,
      ["dedupe", "content"] as const,
    ),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      ["severity", "fatal"] as const,
      ["service", ""] as const,
      ["service", "s".repeat(201)] as const,
      ["dedupe", "yes"] as const,
      ["__proto__", "x"] as const,
      ["limit", "1"] as const,
    ),
  },
);

const query = fc.oneof(
  { weight: 3, arbitrary: fc.constant([]) },
  { weight: 1, arbitrary: fc.array(parameter, { maxLength: 3 }) },
);

/** Random requests: good ones, changed ones and hostile ones. */
export const fuzzRequest: fc.Arbitrary<FuzzRequest> = fc
  .record({
    seed: seedBody,
    mutations: anyMutations,
    contentType,
    encoding,
    /** What the header says differs from what the body is, now and then. */
    claimed: fc.oneof({ weight: 15, arbitrary: fc.constant("the same") }, encoding),
    sentMutations: fc.oneof(
      { weight: 9, arbitrary: fc.constant<readonly Mutation[]>([]) },
      anyMutations,
    ),
    key,
    query,
  })
  .map(({ seed, mutations, sentMutations, claimed, ...rest }) => {
    const changed = mutations.reduce((body, mutate) => mutate(body), seed);
    const compressed = rest.encoding ? compressors[rest.encoding](changed) : changed;
    const body = sentMutations.reduce((sent, mutate) => mutate(sent), compressed);
    const { contentType: type, key: sentKey, query: parameters } = rest;
    const said = claimed === "the same" ? rest.encoding : claimed;
    return { body, contentType: type, encoding: said, key: sentKey, query: parameters };
  });
