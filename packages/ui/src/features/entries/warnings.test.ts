import { expect, it } from "vitest";
import { warningsOf } from "./warnings.ts";

it("tells each warning once, and none about the budget", () => {
  const damaged = { code: "CHUNK_CORRUPT", message: "a chunk is damaged and left out" } as const;
  const spent = { code: "BUDGET_SPENT", message: "go on with nextCursor" } as const;
  const hint = { code: "QUERY_HINT", message: "the operator is OR" } as const;
  const answers = [
    { warnings: [hint, spent] },
    {},
    { warnings: [damaged, hint] },
    { warnings: [damaged] },
  ];
  expect(warningsOf(answers)).toEqual([hint.message, damaged.message]);
});
