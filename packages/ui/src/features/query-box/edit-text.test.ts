import type { CompletionItem } from "@log-service/query";
import { expect, it } from "vitest";
import { acceptanceIn, acceptanceOf, isBegun, newItems, oneLine, queryOf } from "./edit-text.ts";

it.each([
  ["a\nb", "a b"],
  ["a\r\n\r\nb\n", "a b "],
  ["a b", "a b"],
])("pastes %j as %j", (text, expected) => {
  expect(oneLine(text)).toBe(expected);
});

it.each([
  ["  a b ", "a b"],
  ["a\\ ", "a\\ "],
  ["   ", ""],
])("asks of %j for %j", (text, expected) => {
  expect(queryOf(text)).toBe(expected);
});

const accepted = (text: string, at: number, item: CompletionItem) => {
  const edit = acceptanceOf(text, { from: at, to: text.length, items: [] }, item);
  return text.slice(0, edit.from) + edit.text + text.slice(edit.to);
};

it("goes on behind a value, and not behind a field", () => {
  expect(accepted("a ser", 2, { kind: "field", text: "service:" })).toBe("a service:");
  expect(accepted("service:ch", 8, { kind: "value", text: "chat" })).toBe("service:chat ");
  expect(accepted("service:", 8, { kind: "operator", text: "*" })).toBe("service:* ");
  expect(accepted("x:", 2, { kind: "operator", text: ">=" })).toBe("x:>=");
  const within = { from: 8, to: 9, items: [] };
  expect(acceptanceOf("service:c b", within, { kind: "value", text: "chat" }).text).toBe("chat");
});

it("offers only what is not there yet", () => {
  const [value, other] = ["chat", "chats"].map((text) => ({ kind: "value", text }) as const);
  const completion = { from: 8, to: 12, items: [value, other].filter((one) => one !== undefined) };
  expect(newItems("service:chat", completion)?.items).toEqual([other]);
  expect(newItems("service:chat", { ...completion, items: [] })).toBeUndefined();
});

it("accepts with Tab once something of it is typed", () => {
  expect(isBegun("a ", 2, { from: 2, to: 2, items: [] })).toBe(false);
  expect(isBegun("a b", 3, { from: 2, to: 3, items: [] })).toBe(true);
  expect(isBegun("a:", 2, { from: 2, to: 2, items: [] })).toBe(true);
});

it("accepts what was offered before the last letters came, if they go on with it", () => {
  const item = { kind: "value" as const, text: "gateway" };
  const offered = { completion: { from: 8, to: 9, items: [item] }, text: "service:g x", at: 9 };
  const accepted = (text: string, at: number) => acceptanceIn(text, at, offered, item);
  expect(accepted("service:g x", 9)).toEqual({ from: 8, to: 9, text: "gateway" });
  expect(accepted("service:gat x", 11)).toEqual({ from: 8, to: 11, text: "gateway" });
  expect(accepted("service:go x", 10)).toBeUndefined();
  expect(accepted("service:gat y", 11)).toBeUndefined();
  expect(accepted("services:g x", 10)).toBeUndefined();
});
