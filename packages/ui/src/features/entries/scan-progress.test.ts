import type { LogEntry, SearchAnswer } from "@log-service/sdk";
import { expect, it } from "vitest";
import { progressOf } from "./scan-progress.ts";

const window = { from: 1_000, to: 2_000 };
const page = (change: Partial<SearchAnswer>): SearchAnswer => ({
  count: 0,
  logs: [],
  nextCursor: "on",
  complete: true,
  ...change,
});
const entryAt = (ms: number): LogEntry => ({
  logId: "019ab5c2-7d3e-7c01-9f00-6b1e5a000003",
  timestamp: new Date(ms).toISOString(),
  severity: "info",
  message: "tick",
  attributes: {},
});

it("begins at the end of the range", () => {
  expect(progressOf([], window)).toEqual({ reachedTo: 2_000, share: 0 });
});

it("is where the service says", () => {
  const pages = [page({ logs: [entryAt(1_900)] }), page({ complete: false, scannedTo: 1_250 })];
  expect(progressOf(pages, window)).toEqual({ reachedTo: 1_250, share: 0.75 });
});

it("is at the last entry where the service does not say", () => {
  const pages = [page({ logs: [entryAt(1_900)] }), page({})];
  expect(progressOf(pages, window).reachedTo).toBe(1_900);
});

it("stays within the range", () => {
  expect(progressOf([page({ scannedTo: 0 })], window).share).toBe(1);
  expect(progressOf([page({ scannedTo: 9_000 })], window).share).toBe(0);
});

it("ends where no page follows", () => {
  expect(progressOf([page({ nextCursor: null })], window)).toEqual({ reachedTo: 1_000, share: 1 });
});
