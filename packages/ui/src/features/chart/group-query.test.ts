import { parse, print } from "@log-service/query";
import { expect, test } from "vitest";
import { withGroup } from "./group-query.ts";

const canonical = (q: string) => print(parse(q).filter);

test.each([
  ["", { service: "gateway" }, "service:gateway"],
  ["timeout", { service: "gateway", severity: "error" }, "timeout service:gateway severity:error"],
  ["", { region: null }, "NOT region:*"],
  ["a OR b", { region: null }, "(a OR b) NOT region:*"],
])("of %j and %j it makes %j", (q, by, expected) => {
  expect(canonical(withGroup(q, by))).toBe(canonical(expected));
});
