import { expect, it } from "vitest";
import { parseHistory, withQuery } from "./history.ts";

it("keeps each query once, the latest first, and no more than fifty", () => {
  expect(withQuery(["a", "b"], "b")).toEqual(["b", "a"]);
  expect(withQuery(["a"], "")).toEqual(["a"]);
  const many = Array.from({ length: 50 }, (_, i) => `${i}`);
  expect(withQuery(many, "new")).toEqual(["new", ...many.slice(0, 49)]);
});

it.each([null, "", "{", '{"a":1}', "[1]"])("reads %j as nothing", (text) => {
  expect(parseHistory(text)).toEqual([]);
});

it("reads what it kept", () => {
  expect(parseHistory('["a",2,"b"]')).toEqual(["a", "b"]);
});
