import { expect, it } from "vitest";
import { actionOf, type BoxState } from "./keys.ts";

const state: BoxState = {
  count: 0,
  active: -1,
  isBegun: false,
  isAtEnd: true,
  isEmpty: false,
  isRecalled: false,
};
const offered: BoxState = { ...state, count: 3, isBegun: true };
const plain = { isCommand: false, isShift: false };
const command = { isCommand: true, isShift: false };

it.each([
  ["Enter", plain, state, { kind: "run" }],
  ["Enter", plain, offered, { kind: "run" }],
  ["Enter", plain, { ...offered, active: 1 }, { kind: "accept", item: 1 }],
  ["Enter", command, { ...offered, active: 1 }, { kind: "run" }],
  ["Tab", plain, state, undefined],
  ["Tab", plain, offered, { kind: "accept", item: 0 }],
  ["Tab", plain, { ...offered, isBegun: false }, undefined],
  ["Tab", plain, { ...offered, isBegun: false, active: 2 }, { kind: "accept", item: 2 }],
  ["Tab", { ...plain, isShift: true }, offered, undefined],
  ["Escape", plain, offered, { kind: "close" }],
  ["Escape", plain, state, { kind: "leave" }],
  [" ", command, state, { kind: "offer" }],
  [" ", plain, state, undefined],
  ["ArrowDown", plain, offered, { kind: "choose", item: 0 }],
  ["ArrowDown", plain, { ...offered, active: 2 }, { kind: "choose", item: -1 }],
  ["ArrowUp", plain, offered, { kind: "choose", item: 2 }],
  ["ArrowUp", plain, { ...offered, active: 0 }, { kind: "choose", item: -1 }],
  ["ArrowDown", plain, state, { kind: "offer" }],
  ["ArrowDown", plain, { ...state, isAtEnd: false }, undefined],
  ["ArrowUp", plain, state, undefined],
  ["ArrowUp", plain, { ...state, isEmpty: true }, { kind: "recall", step: -1 }],
  ["ArrowUp", plain, { ...state, isRecalled: true }, { kind: "recall", step: -1 }],
  ["ArrowDown", plain, { ...state, isRecalled: true }, { kind: "recall", step: 1 }],
  ["ArrowUp", { ...plain, isShift: true }, offered, undefined],
  ["a", plain, offered, undefined],
])("%s with %j in %j does %j", (key, held, shown, expected) => {
  expect(actionOf({ key, ...held }, shown)).toEqual(expected);
});
