/** The answer of `POST /erasures` and `GET /erasures/{erasureId}`. */

import * as z from "zod/mini";
import { count, timestampText, type Wire } from "./answers.ts";

export const erasureAnswerSchema = z.object({
  id: z.string().check(z.describe("Where the report is: `GET /erasures/{erasureId}`.")),
  state: z
    .enum(["running", "done", "failed"])
    .check(
      z.describe(
        "`done`: nothing that matched is left in the store's files. `failed`: it has ended, and `left` says what it could not erase.",
      ),
    ),
  query: z.optional(
    z.string().check(z.describe("What is erased. Told while it runs, and not kept beyond.")),
  ),
  from: timestampText(),
  to: timestampText(),
  createdAt: timestampText(),
  finishedAt: z.optional(timestampText()),
  matched: count().check(z.describe("Entries that were found so far, erased or not.")),
  erased: count().check(z.describe("Entries that are gone.")),
  chunksRewritten: count().check(
    z.describe("Chunks in which something was found; what else they held is in new ones."),
  ),
  waitingFor: z.optional(
    z
      .enum(["recent", "readers"])
      .check(
        z.describe(
          "`recent`: what arrived in the last 15 minutes can be erased only then. `readers`: a request that still reads what is replaced.",
        ),
      ),
  ),
  left: z
    .array(
      z.object({
        part: z.string().check(z.describe("A chunk, or a part of the store.")),
        reason: z.string(),
      }),
    )
    .check(z.describe("What it could not look into or erase: the first 100.")),
  leftCount: count(),
});

export type ErasureAnswer = Wire<z.infer<typeof erasureAnswerSchema>>;
