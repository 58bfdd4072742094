import { expect, test } from "vitest";
import { found, parsed } from "../test/check.ts";

test("finds built-in fields and attributes, whatever they hold", () => {
  const entries = [{ service: "" }, { attributes: { service: false } }, {}];
  expect(found("service:*", entries)).toEqual([0]);
  expect(found("attributes.service:*", entries)).toEqual([1]);
  expect(found("timestamp:*", entries)).toEqual([0, 1, 2]);
});

test("takes several stars for one", () => {
  expect(parsed("x:**")).toEqual({ op: "exists", field: "x" });
});
