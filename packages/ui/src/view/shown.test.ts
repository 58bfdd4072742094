import { expect, it } from "vitest";
import { shownAgain, shownNext } from "./shown.ts";
import { parseView, viewDefault } from "./view.ts";

const shown = { view: { ...viewDefault, q: "crash" }, askedAt: 1_000 };

it("asks anew for another query, and for a range that is chosen again", () => {
  expect(shownNext(shown, { q: "x" }, 2_000).askedAt).toBe(2_000);
  expect(shownNext(shown, { range: { ...shown.view.range } }, 2_000).askedAt).toBe(2_000);
});

it("keeps what was found for another tab, or when an entry is opened", () => {
  const next = shownNext(shown, { tab: "live", open: "an id", q: "crash" }, 2_000);
  expect(next).toEqual({ view: { ...shown.view, tab: "live", open: "an id" }, askedAt: 1_000 });
});

it("keeps what was found when one goes back to what asks the same", () => {
  const again = shownAgain(shown, parseView("?q=crash&tab=chart"), 2_000);
  expect(again).toEqual({ view: { ...shown.view, tab: "chart" }, askedAt: 1_000 });
  expect(again.view.range).toBe(shown.view.range);
});

it("asks anew when one goes back to another query or another time", () => {
  expect(shownAgain(shown, parseView("?q=other"), 2_000).askedAt).toBe(2_000);
  expect(shownAgain(shown, parseView("?q=crash&last=3h"), 2_000).askedAt).toBe(2_000);
});

it("asks anew when one leaves the live tail, which has gone on since", () => {
  const live = shownNext(shown, { tab: "live" }, 2_000);
  expect(live.askedAt).toBe(1_000);
  expect(shownNext(live, { open: undefined }, 3_000).askedAt).toBe(1_000);
  expect(shownNext(live, { tab: "entries" }, 3_000).askedAt).toBe(3_000);
  expect(shownAgain(live, shown.view, 3_000).askedAt).toBe(3_000);
});
