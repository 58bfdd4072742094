import { expect, it } from "vitest";
import { viewDefault } from "../../view/view.ts";
import {
  addressOf,
  nameFor,
  parseSaved,
  savedView,
  withName,
  withoutSaved,
  withSaved,
} from "./saved.ts";

const crash = { name: "Crashes", address: "?q=crash" };
const slow = { name: "slow", address: "?q=latency_ms%3A%3E250&last=24h" };

it.each([
  null,
  "",
  "{",
  "null",
  '{"name":"x"}',
  "7",
  "[7,null,{},[]]",
  '[{"name":"","address":""}]',
])("finds nothing in %s", (text) => {
  expect(parseSaved(text)).toEqual([]);
});

it("reads what was kept, and leaves out what is broken", () => {
  expect(parseSaved(JSON.stringify([crash, { name: 7, address: "" }, slow]))).toEqual([
    crash,
    slow,
  ]);
});

it("keeps searches by name, each name once", () => {
  const all = withSaved(withSaved([], slow), crash);
  expect(all).toEqual([crash, slow]);
  expect(withSaved(all, { ...crash, address: "?q=panic" })).toEqual([
    { name: "Crashes", address: "?q=panic" },
    slow,
  ]);
});

it("gives another name, but none that is taken", () => {
  expect(withName([crash, slow], "slow", " p95 ")).toEqual([crash, { ...slow, name: "p95" }]);
  expect(withName([crash, slow], "slow", "slow ")).toEqual([crash, slow]);
  expect(withName([crash, slow], "slow", " Crashes")).toEqual([crash, slow]);
  expect(withName([crash, slow], "slow", "  ")).toEqual([crash, slow]);
  expect(withName([crash], "gone", "x")).toEqual([crash]);
});

it("forgets", () => {
  expect(withoutSaved([crash, slow], "Crashes")).toEqual([slow]);
});

it("keeps what is asked, and not what is open", () => {
  const view = { ...viewDefault, q: "crash", open: "an id", context: "another" };
  expect(savedView({ name: "x", address: addressOf(view) })).toEqual({
    ...viewDefault,
    q: "crash",
  });
});

it("names a view by its query", () => {
  expect(nameFor({ ...viewDefault, q: " crash " })).toBe("crash");
  expect(nameFor(viewDefault)).toBe("All entries");
});
