/** The answer of `GET /usage`. */

import * as z from "zod/mini";
import type { Wire } from "./answers.ts";

/** The most days of one answer. */
export const usageDaysMax = 366;

const count = () => z.int().check(z.nonnegative());

const day = () =>
  z.string().check(z.regex(/^\d{4}-\d{2}-\d{2}$/), z.describe("In UTC, as in `2026-11-22`."));

const usageCount = {
  entries: count().check(z.describe("Entries that were stored.")),
  bytes: count().check(
    z.describe("Bytes of bodies after decompression, those of refused entries included."),
  ),
};

export const usageAnswerSchema = z.object({
  from: day(),
  to: day(),
  days: z
    .array(
      z.object({
        day: day(),
        ...usageCount,
        services: z
          .array(z.object({ service: z.nullable(z.string()), ...usageCount }))
          .check(z.describe("The largest first; null stands for entries without a service.")),
        other: z.optional(
          z
            .object(usageCount)
            .check(z.describe("The services beyond the hundred that are told apart in a day.")),
        ),
      }),
    )
    .check(z.describe("Days on which something was sent, the newest first.")),
  total: z.object(usageCount),
});

export type UsageAnswer = Wire<z.infer<typeof usageAnswerSchema>>;
