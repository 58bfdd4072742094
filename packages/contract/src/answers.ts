/** The shapes of answers. They are the wire format: what is sent is exactly this, and clients may rely on it. */

import { type ErrorCode, errorCatalogue } from "@log-service/core/errors";
import { rejectedListed } from "@log-service/core/limits";
import * as z from "zod/mini";
import { timestampExample } from "./timestamp.ts";

/** What comes from JSON and is nobody's to change. */
export type Wire<T> = T extends readonly (infer U)[]
  ? readonly Wire<U>[]
  : T extends object
    ? { readonly [Key in keyof T]: Wire<T[Key]> }
    : T;

export const count = () => z.int().check(z.nonnegative());

// The keys of the catalogue are its codes; Object.keys types them as strings.
const errorCodes = Object.keys(errorCatalogue) as [ErrorCode, ...ErrorCode[]];

export const errorCodeSchema = z
  .enum(errorCodes)
  .check(z.describe("Stable: codes are never renamed. New ones may appear."));

export const severitySchema = z.enum(["info", "warning", "error"]);

export const logIdSchema = z
  .string()
  .check(
    z.regex(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/),
    z.describe("Unique and stable for ever: a UUIDv7 in lower case."),
  );

export const timestampText = () =>
  z.string().check(
    z.regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/),
    z.meta({
      format: "date-time",
      description: `UTC, with milliseconds, as in ${timestampExample}.`,
    }),
  );

export const logEntrySchema = z.object({
  logId: logIdSchema,
  timestamp: timestampText(),
  severity: severitySchema,
  message: z.string(),
  service: z.optional(z.string()),
  level: z.optional(
    z.string().check(z.describe("The sender's own word for the severity, as it came.")),
  ),
  traceId: z.optional(z.string()),
  spanId: z.optional(z.string()),
  attributes: z
    .record(z.string(), z.union([z.string(), z.number(), z.boolean()]))
    .check(z.describe("Flat: nested objects became dotted names, arrays JSON text.")),
});

/** An entry as it is returned. */
export type LogEntry = Wire<z.infer<typeof logEntrySchema>>;

export const problemSchema = z.object({
  path: z
    .string()
    .check(
      z.describe("Dotted, as in `attributes.player.id`; a parameter's name; empty for the whole."),
    ),
  code: errorCodeSchema,
  message: z.string(),
});

export const queryProblemSchema = z.object({
  from: count().check(z.describe("Where it begins in the query, in UTF-16 units.")),
  to: count().check(z.describe("Where it ends, exclusive.")),
  message: z.string(),
  suggestion: z.optional(
    z.string().check(z.describe("What to write there instead; empty to leave it out.")),
  ),
});

export const rejectedEntrySchema = z.object({
  index: count().check(
    z.describe(
      "The entry's place in the batch, from 0; in NDJSON and text, non-empty lines count.",
    ),
  ),
  code: errorCodeSchema,
  message: z.string(),
  problems: z.array(problemSchema),
});

export type RejectedEntry = Wire<z.infer<typeof rejectedEntrySchema>>;

export const warningSchema = z.object({
  code: z.union([errorCodeSchema, z.enum(["BUDGET_SPENT", "GROUPS_LIMITED", "QUERY_HINT"])]),
  message: z.string(),
});

/** Something that the reader of an otherwise good answer must know, such as a damaged chunk. */
export type Warning = Wire<z.infer<typeof warningSchema>>;

const duplicate = () =>
  z.optional(
    z
      .literal(true)
      .check(z.describe("There when all of it had been stored before; nothing was added.")),
  );

/** The answer to a body that is one JSON object. */
export const ingestOneAnswerSchema = z.object({
  logId: logIdSchema,
  timestamp: timestampText(),
  duplicate: duplicate(),
});

export type IngestOneAnswer = Wire<z.infer<typeof ingestOneAnswerSchema>>;

/** The answer to a body that is a batch: a JSON array, NDJSON or text. */
export const ingestManyAnswerSchema = z.object({
  accepted: z.int().check(z.positive()),
  rejectedCount: count(),
  rejected: z
    .array(rejectedEntrySchema)
    .check(
      z.maxLength(rejectedListed),
      z.describe(`The first ${rejectedListed} that were refused.`),
    ),
  duplicate: duplicate(),
});

export type IngestManyAnswer = Wire<z.infer<typeof ingestManyAnswerSchema>>;

export type IngestAnswer = IngestOneAnswer | IngestManyAnswer;

/** How far a scan came that is not complete, in milliseconds since 1970. */
const scannedTo = (description: string) => z.optional(z.int().check(z.describe(description)));

export const searchAnswerSchema = z.object({
  count: count().check(z.describe("How many entries `logs` has.")),
  logs: z.array(logEntrySchema),
  nextCursor: z
    .nullable(z.string())
    .check(z.describe("Leads to the next page. Null at the end, and only there.")),
  complete: z
    .boolean()
    .check(z.describe("False when the search's budget ran out first: go on from `nextCursor`.")),
  scannedTo: scannedTo("Down to here the range was searched; up to here with `order=oldest`."),
  warnings: z.optional(z.array(warningSchema)),
});

export type SearchAnswer = Wire<z.infer<typeof searchAnswerSchema>>;

export const tailAnswerSchema = z.object({
  logs: z.array(logEntrySchema).check(z.describe("In the order of arrival.")),
  nextCursor: z.string().check(z.describe("Leads on. It is never null: a tail has no end.")),
  retryAfterMs: count().check(z.describe("When to ask again; 0: at once.")),
  resync: z.optional(
    z
      .literal(true)
      .check(
        z.describe("There when the cursor was too old: something may be missing before these."),
      ),
  ),
  warnings: z.optional(z.array(warningSchema)),
});

export type TailAnswer = Wire<z.infer<typeof tailAnswerSchema>>;

const attributeValue = () => z.union([z.string(), z.number(), z.boolean()]);

const pointsSchema = () =>
  z
    .array(z.array(z.nullable(z.number())))
    .check(
      z.describe(
        "Each is the beginning of an interval in milliseconds since 1970, then the measures in their order; null where no entry has a number. Intervals without entries are left out.",
      ),
    );

export const statsAnswerSchema = z.object({
  from: z.int().check(z.describe("The range, in milliseconds since 1970: inclusive.")),
  to: z.int().check(z.describe("Exclusive.")),
  intervalMs: z.nullable(z.int()),
  groups: z
    .array(
      z.object({
        by: z
          .record(z.string(), z.nullable(attributeValue()))
          .check(z.describe("The values that its entries share; null for entries without one.")),
        points: pointsSchema(),
      }),
    )
    .check(z.describe("The largest groups, the largest first.")),
  other: z.optional(
    z.object({ points: pointsSchema() }).check(z.describe("All other groups together.")),
  ),
  complete: z.boolean().check(z.describe("False when the budget ran out: see `scannedTo`.")),
  scannedTo: scannedTo(
    "All before it is counted, nothing from it on; ask again with it as `from`.",
  ),
  warnings: z.optional(z.array(warningSchema)),
});

export type StatsAnswer = Wire<z.infer<typeof statsAnswerSchema>>;

export const newestComplete = () =>
  z
    .boolean()
    .check(z.describe("False when the budget ran out: the newest part of the range is counted."));

export const fieldsAnswerSchema = z.object({
  fields: z
    .array(
      z.object({
        name: z.string().check(z.describe("As a query names it.")),
        types: z
          .object({
            string: z.optional(count()),
            number: z.optional(count()),
            boolean: z.optional(count()),
          })
          .check(z.describe("Entries by the type of the value.")),
        count: count(),
        distinct: z.optional(
          count().check(
            z.describe(
              "With `distinct=true`: how many different values there are, exactly up to 128, within some percent beyond. Left out for the message.",
            ),
          ),
        ),
      }),
    )
    .check(z.describe("The most frequent first.")),
  complete: newestComplete(),
  warnings: z.optional(z.array(warningSchema)),
});

export type FieldsAnswer = Wire<z.infer<typeof fieldsAnswerSchema>>;

export const fieldValuesAnswerSchema = z.object({
  name: z.string(),
  values: z
    .array(z.object({ value: attributeValue(), count: count() }))
    .check(z.describe("The most frequent first.")),
  otherCount: count().check(z.describe("Entries with a value that is not listed.")),
  distinct: count().check(
    z.describe(
      "How many different values there are, exactly up to 200,000, within some percent beyond.",
    ),
  ),
  complete: newestComplete(),
  warnings: z.optional(z.array(warningSchema)),
});

export type FieldValuesAnswer = Wire<z.infer<typeof fieldValuesAnswerSchema>>;

export const contextAnswerSchema = z.object({
  before: z.array(logEntrySchema).check(z.describe("The entries right before it, oldest first.")),
  entry: logEntrySchema,
  after: z.array(logEntrySchema).check(z.describe("The entries right after it, oldest first.")),
  complete: z
    .boolean()
    .check(z.describe("False when neighbours are missing that were asked for: ask for fewer.")),
  warnings: z.optional(z.array(warningSchema)),
});

export type ContextAnswer = Wire<z.infer<typeof contextAnswerSchema>>;

export const healthAnswerSchema = z.object({ status: z.literal("ok") });

export type HealthAnswer = Wire<z.infer<typeof healthAnswerSchema>>;

export const readyAnswerSchema = z.object({
  status: z.literal("ready"),
  store: z.string().check(z.describe("The kind of store behind the service.")),
});

export type ReadyAnswer = Wire<z.infer<typeof readyAnswerSchema>>;

export const problemAnswerSchema = z.object({
  type: z
    .string()
    .check(z.regex(/^urn:log-service:error:[A-Z0-9_]+$/), z.describe("Names the kind of problem.")),
  title: z.string().check(z.describe("The same for every occurrence.")),
  status: z.int().check(z.gte(400), z.lte(599)),
  detail: z.string().check(z.describe("This occurrence: the offending value and the limit.")),
  code: errorCodeSchema,
  requestId: z
    .string()
    .check(z.describe("Also in the `x-request-id` header and in the server's log.")),
  problems: z.optional(
    z
      .union([z.array(problemSchema), z.array(queryProblemSchema)])
      .check(z.describe("What is wrong: in an entry or the parameters, or in the query.")),
  ),
  accepted: z.optional(z.literal(0)),
  rejectedCount: z.optional(count()),
  rejected: z.optional(z.array(rejectedEntrySchema).check(z.maxLength(rejectedListed))),
});
