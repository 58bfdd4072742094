import type { ErasureAnswer } from "../erasure-answer.ts";
import { erasureAnswerSchema } from "../erasure-answer.ts";
import { choiceParameter } from "../parameter.ts";
import { defineRoute } from "../route.ts";
import { narrowing } from "./narrowing.ts";

export const exampleErasureId = "3f0c2b0e-6b1e-4f7e-9c53-2b1b5a3f7a10";

const begun = {
  id: exampleErasureId,
  state: "running",
  query: "player_id:p-81",
  from: "1970-01-01T00:00:00.000Z",
  to: "2026-11-22T09:10:00.124Z",
  createdAt: "2026-11-22T09:00:00.123Z",
  matched: 0,
  erased: 0,
  chunksRewritten: 0,
  left: [],
  leftCount: 0,
} satisfies ErasureAnswer;

const { query: _query, ...ended } = begun;

/** An erasure at its several stages, for the documents of both routes. */
export const exampleErasures = {
  begun,
  waiting: { ...begun, matched: 1208, erased: 1190, chunksRewritten: 77, waitingFor: "recent" },
  done: {
    ...ended,
    state: "done",
    finishedAt: "2026-11-22T09:17:12.004Z",
    matched: 1208,
    erased: 1208,
    chunksRewritten: 81,
  },
} as const;

export const erase = defineRoute({
  operationId: "erase",
  method: "POST",
  path: "/erasures",
  summary: "Removes the entries that match, for good",
  description: [
    "Begins to remove what matches from the tenant's entries: a player's right to be forgotten. It goes on in the background, also over a",
    "restart; the report tells how far it is. It covers what is stored, and what arrives within the range while it runs. Ids of other",
    "entries stay valid, and a batch that is sent again with its `Idempotency-Key` does not come back. It cannot be undone. On AWS",
    "it is at the address of the maintenance function.",
  ].join("\n"),
  scope: "admin",
  query: {
    everything: choiceParameter({
      description:
        "`true`: really all entries of the range. Without it a query that matches everything is refused.",
      choices: ["true", "false"],
      absent: "false",
      example: "true",
    }),
    ...narrowing,
  },
  queryExamples: ["q=player_id:p-81", "everything=true&to=2026-01-01T00:00:00Z"],
  responses: {
    202: {
      description: "It has begun.",
      contentType: "application/json",
      schema: erasureAnswerSchema,
      examples: { begun: { summary: "An erasure that has begun", value: exampleErasures.begun } },
    },
  },
  errors: [
    "QUERY_INVALID",
    "ERASURES_TOO_MANY",
    "SHUTTING_DOWN",
    "STORE_UNAVAILABLE",
    "STORE_FULL",
    "STORE_BUSY",
  ],
});
