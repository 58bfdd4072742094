/**
 * The specification of a posted entry. The ingest path has a faster validator of its own, which a property test
 * holds to this one: it accepts the same entries, and understands them alike. What it takes is JSON read by
 * `parseExactJson`. Not said here is the limit `entryBytes`: it counts the bytes of the entry as they were sent.
 */

import type { Entry } from "@log-service/core";
import type { ErrorCode, Problem } from "@log-service/core/errors";
import { limits } from "@log-service/core/limits";
import * as z from "zod/mini";
import { severitySchema } from "../answers.ts";
import { parseTimestamp, timestampExample, timestampMax } from "../timestamp.ts";
import { flattenInto, flattenObject } from "./attributes.ts";
import { isRawNumber } from "./exact-json.ts";
import { utf8Length } from "./utf8.ts";

/**
 * A text of at most so many UTF-16 code units, as strings count them in JavaScript and Java. Not by zod's own checks of
 * lengths: they run on whatever has a `length`, also on an object whose `length` cannot be compared, and throw.
 */
const shortText = (maxLength: number, description: string) =>
  z.nullish(
    z.string().check(
      z.refine((text) => text.length <= maxLength),
      z.meta({ maxLength, description }),
    ),
  );

const name = (about: string) => shortText(limits.fieldLength.value, about);

/** The form of a posted entry. What it cannot say is in `entrySchema`. */
export const postedEntrySchema = z.looseObject({
  timestamp: z.nullish(
    z.union([
      z
        .int()
        .check(z.gte(0), z.lte(timestampMax), z.describe("Milliseconds since 1970, an integer.")),
      z.string().check(
        z.refine((text) => parseTimestamp(text) !== undefined),
        z.meta({
          format: "date-time",
          description: `ISO 8601 with a zone, as in ${timestampExample}. Digits beyond milliseconds are cut off.`,
        }),
      ),
    ]),
  ),
  severity: severitySchema,
  message: z.string().check(
    z.refine((text) => text !== "" && utf8Length(text) <= limits.messageBytes.value),
    z.meta({
      minLength: 1,
      description: `At most ${limits.messageBytes.value} bytes of UTF-8.`,
    }),
  ),
  service: shortText(limits.serviceLength.value, "What wrote the entry."),
  level: name("The sender's own word for the severity, such as `debug` or `FATAL`."),
  traceId: name("The trace that the entry belongs to."),
  spanId: name("The span that the entry belongs to."),
  attributes: z.nullish(
    z
      .record(z.string(), z.unknown())
      .check(
        z.describe(
          `Anything else. Nested objects are flattened with dots, arrays become JSON text, null is left out; at most ${limits.attributes.value} after that.`,
        ),
      ),
  ),
});

/** An entry as it was posted. Without a clock its time may be missing. */
export type PostedEntry = Omit<Entry, "timestamp"> & { readonly timestamp: number | undefined };

const missing = (value: unknown): boolean => value === undefined || value === null;

const shown = (value: unknown): string => {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 60 ? `${text.slice(0, 60)}...` : text;
};

const isObject = (value: unknown): value is object =>
  typeof value === "object" && value !== null && !Array.isArray(value) && !isRawNumber(value);

const typeProblem = (field: string, value: unknown, wanted: string): [ErrorCode, string] => [
  "FIELD_TYPE_INVALID",
  `${field} is ${shown(value)}; it must be ${wanted}`,
];

/** Whether a number is an integer of milliseconds but for lying behind the last one: micro- or nanoseconds. */
const isBeyondAllTime = (value: unknown): boolean => {
  if (typeof value === "number") return Number.isInteger(value) && value > timestampMax;
  const raw = isRawNumber(value) ? Number(value.rawJSON) : 0;
  // A smaller one is raw for a fraction that its double lost.
  return Number.isFinite(raw) && raw >= 2 ** 53;
};

/** Says what is wrong with a field that the form refused. */
const fieldProblem = (field: string, value: unknown): [ErrorCode, string] => {
  if (missing(value)) return ["FIELD_REQUIRED", `${field} is missing`];
  if (field === "timestamp")
    return [
      isBeyondAllTime(value) ? "TIMESTAMP_TOO_FAR_AHEAD" : "TIMESTAMP_INVALID",
      `timestamp is ${shown(value)}; it must be ISO 8601 with a zone, as in ${timestampExample}, or epoch milliseconds from 0 on`,
    ];
  if (field === "attributes") return typeProblem(field, value, "an object");
  if (field === "severity")
    return ["SEVERITY_INVALID", `severity is ${shown(value)}; it must be info, warning or error`];
  if (typeof value !== "string") return typeProblem(field, value, "a string");
  if (field !== "message") {
    const { value: limit } = field === "service" ? limits.serviceLength : limits.fieldLength;
    return ["FIELD_TOO_LONG", `${field} is ${value.length} characters; the limit is ${limit}`];
  }
  if (value === "") return ["MESSAGE_EMPTY", "message is empty"];
  const bytes = utf8Length(value);
  return [
    "MESSAGE_TOO_LARGE",
    `message is ${bytes} bytes; the limit is ${limits.messageBytes.value}`,
  ];
};

const formProblems = (input: unknown): Problem[] => {
  const form = postedEntrySchema.safeParse(input);
  if (!isObject(input)) {
    const message = `an entry is a JSON object, not ${shown(input)}`;
    return [{ path: "", code: "ENTRY_NOT_OBJECT", message }];
  }
  const record: Record<string, unknown> = { ...input };
  const fields = new Set((form.error?.issues ?? []).map((issue) => String(issue.path[0])));
  // To the form it is an object like any other.
  if (isRawNumber(record.attributes)) fields.add("attributes");
  return [...fields].map((field) => {
    const [code, message] = fieldProblem(field, record[field]);
    return { path: field, code, message };
  });
};

const formFields: ReadonlySet<string> = new Set(Object.keys(postedEntrySchema.shape));

/**
 * Flattens what is not a field of the form, then `attributes`, which wins where both give a name. A posted `logId` is
 * not a field: it becomes an attribute, as ids are given by the server.
 */
const flatten = (input: object) => {
  const flattening = { values: new Map(), problems: [] as Problem[] };
  for (const [key, value] of Object.entries(input)) {
    if (!formFields.has(key)) flattenInto(value, { name: key, path: key, depth: 0 }, flattening);
  }
  const { attributes } = input as { attributes?: unknown };
  if (isObject(attributes)) {
    flattenObject(attributes, { name: undefined, path: "attributes", depth: 0 }, flattening);
  }
  const { values, problems } = flattening;
  if (values.size > limits.attributes.value) {
    const message = `the entry has ${values.size} attributes; the limit is ${limits.attributes.value}`;
    problems.push({ path: "attributes", code: "TOO_MANY_ATTRIBUTES", message });
  }
  return { values, problems };
};

/** The server's clock, and the oldest time that it accepts; in milliseconds since 1970. */
interface Clock {
  readonly now: number;
  readonly oldest: number;
}

const timeProblems = (time: number, { now, oldest }: Clock): Problem[] => {
  const last = now + limits.timestampAheadMs.value;
  if (time >= oldest && time <= last) return [];
  const [from, to, sent] = [oldest, last, time].map((ms) => new Date(ms).toISOString());
  const code = time > last ? "TIMESTAMP_TOO_FAR_AHEAD" : "TIMESTAMP_TOO_OLD";
  const message = `timestamp is ${sent}; accepted is ${from} to ${to}`;
  return [{ path: "timestamp", code, message }];
};

const toTime = (timestamp: string | number | null | undefined): number | undefined =>
  typeof timestamp === "string" ? parseTimestamp(timestamp) : (timestamp ?? undefined);

const toEntry = (
  input: unknown,
  clock: Clock | undefined,
): { entry: PostedEntry } | { problems: Problem[] } => {
  const problems = formProblems(input);
  if (problems[0]?.code === "ENTRY_NOT_OBJECT") return { problems };
  // formProblems has found an object; what else is wrong with it keeps it from being used.
  const fields = input as z.infer<typeof postedEntrySchema>;
  const isTimeRight = problems.every(({ path }) => path !== "timestamp");
  const time = (isTimeRight ? toTime(fields.timestamp) : undefined) ?? clock?.now;
  if (clock !== undefined && time !== undefined) problems.push(...timeProblems(time, clock));
  const { values, problems: flatProblems } = flatten(fields);
  problems.push(...flatProblems);
  if (problems.length > 0) return { problems };
  return {
    entry: {
      timestamp: time,
      severity: fields.severity,
      message: fields.message,
      service: fields.service ?? undefined,
      level: fields.level ?? undefined,
      traceId: fields.traceId ?? undefined,
      spanId: fields.spanId ?? undefined,
      attributeNames: [...values.keys()],
      attributeValues: [...values.values()],
    },
  };
};

const createEntrySchema = (clock: Clock | undefined) =>
  z.pipe(
    z.unknown(),
    z.transform((input, context): PostedEntry => {
      const outcome = toEntry(input, clock);
      if ("entry" in outcome) return outcome.entry;
      for (const { path, code, message } of outcome.problems)
        context.issues.push({ code: "custom", input, path: [path], message, params: { code } });
      return z.NEVER;
    }),
  );

/** Accepts exactly what may be posted, the clock left out, and gives the entry that is meant. */
export const entrySchema = createEntrySchema(undefined);

/** The same at a time: entries without a timestamp get `now`; times before `oldest` or far ahead are refused. */
export const entrySchemaAt = (now: number, oldest: number) => createEntrySchema({ now, oldest });

/** Lists what the schema found wrong with an entry. */
export const entryProblems = (error: z.core.$ZodError): Problem[] =>
  error.issues.map((issue) => ({
    path: issue.path.join("."),
    code: issue.code === "custom" ? (issue.params?.code ?? "ENTRY_INVALID") : "ENTRY_INVALID",
    message: issue.message,
  }));
