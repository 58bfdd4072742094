import { expect, test } from "vitest";
import { nothingSelected, selectedWindow, selectionAfter } from "./selection.ts";

const bars = [0, 10, 20, 30].map((from) => ({ from, to: from + 10 }));
const at = (cursor: number, anchor?: number) => ({ cursor, anchor });

test("arrows begin at the newest bar, and go no further than the first and the last", () => {
  expect(selectionAfter(nothingSelected, "ArrowLeft", false, 4)).toEqual(at(3));
  expect(selectionAfter(at(3), "ArrowLeft", false, 4)).toEqual(at(2));
  expect(selectionAfter(at(0), "ArrowLeft", false, 4)).toEqual(at(0));
  expect(selectionAfter(at(3), "ArrowRight", false, 4)).toEqual(at(3));
  expect(selectionAfter(at(2), "PageUp", false, 40)).toEqual(at(0));
  expect(selectionAfter(at(2), "PageDown", false, 40)).toEqual(at(12));
  expect(selectionAfter(at(2), "Home", false, 4)).toEqual(at(0));
  expect(selectionAfter(at(2), "End", false, 4)).toEqual(at(3));
});

test("Shift selects from where it began, and an arrow alone gives that up", () => {
  const one = selectionAfter(at(2), "ArrowLeft", true, 4);
  expect(one).toEqual(at(1, 2));
  expect(selectionAfter(at(1, 2), "ArrowLeft", true, 4)).toEqual(at(0, 2));
  expect(selectionAfter(at(1, 2), "ArrowLeft", false, 4)).toEqual(at(0));
});

test("Escape selects nothing; other keys, and keys without bars, mean nothing", () => {
  expect(selectionAfter(at(2, 1), "Escape", false, 4)).toEqual(nothingSelected);
  expect(selectionAfter(nothingSelected, "Escape", false, 4)).toBeUndefined();
  expect(selectionAfter(at(2), "x", false, 4)).toBeUndefined();
  expect(selectionAfter(nothingSelected, "ArrowLeft", false, 0)).toBeUndefined();
});

test("the selected time is that of whole bars, in either direction", () => {
  expect(selectedWindow(at(1, 2), bars)).toEqual({ from: 10, to: 30 });
  expect(selectedWindow(at(2, 1), bars)).toEqual({ from: 10, to: 30 });
  expect(selectedWindow(at(3), bars)).toEqual({ from: 30, to: 40 });
  expect(selectedWindow(nothingSelected, bars)).toBeUndefined();
  expect(selectedWindow(at(9), bars)).toBeUndefined();
});
