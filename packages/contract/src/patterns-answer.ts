/** The answer of `GET /logs/patterns`. */

import * as z from "zod/mini";
import {
  count,
  logIdSchema,
  newestComplete,
  timestampText,
  type Wire,
  warningSchema,
} from "./answers.ts";

const portion = () => ({
  count: count(),
  share: z
    .number()
    .check(z.gte(0), z.lte(1), z.describe("Of all entries that match in the range, 0 to 1.")),
});

const patternSchema = z.object({
  pattern: z
    .string()
    .check(
      z.describe(
        "The message, with placeholders like `<num>`, `<id>` or `<time>` for what differs, and `<*>` for free text.",
      ),
    ),
  hash: z
    .string()
    .check(
      z.regex(/^[0-9a-f]{16}$/),
      z.describe("Names the pattern: the same text has the same hash, today and tomorrow."),
    ),
  query: z
    .string()
    .check(
      z.describe(
        "A value for `q` that finds every entry of the pattern, and perhaps others with the same words; empty where the pattern has no words.",
      ),
    ),
  ...portion(),
  firstSeen: timestampText(),
  lastSeen: timestampText(),
  severities: z.object({ info: count(), warning: count(), error: count() }),
  example: z
    .object({
      logId: logIdSchema,
      message: z.string().check(z.describe("Its first 1,000 characters.")),
    })
    .check(z.describe("The newest entry.")),
  change: z.optional(
    z
      .enum(["new", "gone", "grown", "shrunk", "same"])
      .check(
        z.describe(
          "With `compareTo`: `grown` and `shrunk` are shares that differ by half or more, and by more than chance. What is gone has the other range's times, severities and example.",
        ),
      ),
  ),
  before: z.optional(
    z.object(portion()).check(z.describe("With `compareTo`: what it was in the other range.")),
  ),
});

const rangeSchema = () => ({
  from: z.int().check(z.describe("Milliseconds since 1970, inclusive.")),
  to: z.int().check(z.describe("Exclusive.")),
});

export const patternsAnswerSchema = z.object({
  ...rangeSchema(),
  compareTo: z.optional(z.object(rangeSchema())),
  total: count().check(z.describe("How many entries match.")),
  patterns: z
    .array(patternSchema)
    .check(
      z.describe(
        "The most frequent first. With `compareTo` what is new, then what is gone, has grown, has shrunk, and the rest.",
      ),
    ),
  other: z.object(portion()).check(z.describe("The entries whose pattern is not listed.")),
  complete: newestComplete(),
  warnings: z.optional(z.array(warningSchema)),
});

export type PatternsAnswer = Wire<z.infer<typeof patternsAnswerSchema>>;
