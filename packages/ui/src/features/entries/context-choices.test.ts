import { expect, it } from "vitest";
import { choicesOf } from "./context-choices.ts";

it("offers the neighbours that share what the entry has", () => {
  const choices = choicesOf({
    logId: "019ab5c2-7d3e-7c01-9f00-6b1e5a000003",
    timestamp: "2026-11-22T09:00:00.123Z",
    severity: "info",
    message: "tick",
    service: "match server",
    attributes: { match_id: "m-7" },
  });
  expect(choices.map(({ name, q }) => [name, q])).toEqual([
    ["All", ""],
    ["Same service", 'service:"match server"'],
    ["Same match", "match_id:m-7"],
  ]);
});
