import fc from "fast-check";
import { expect, it, test } from "vitest";
import { formatTime } from "../format/time.ts";
import { between, rangeDefault, windowOf } from "./time-range.ts";
import {
  chartKinds,
  chartTops,
  comparisons,
  parseView,
  patternKeys,
  printView,
  tabs,
  type View,
  viewDefault,
} from "./view.ts";

const now = Date.UTC(2026, 10, 22, 9);
const moment = fc.integer({ min: 1, max: Date.UTC(9999, 11, 30) });

const anyView: fc.Arbitrary<View> = fc.record({
  tab: fc.constantFrom(...tabs),
  q: fc.string({ unit: "grapheme" }),
  range: fc.oneof(
    fc.record({ kind: fc.constant("last" as const), length: fc.constantFrom("1h", "90s", "2w") }),
    fc.record({ kind: fc.constant("since" as const), from: moment }),
    fc.tuple(moment, moment).map(([from, to]) => between(from, to)),
  ),
  open: fc.constantFrom(undefined, "019ab5c2-7d3e-7c01-9f00-6b1e5a000003"),
  context: fc.constantFrom(undefined, "019ab5c2-7d3e-7c01-9f00-6b1e5a000004"),
  chart: fc.record({
    kind: fc.constantFrom(...chartKinds),
    measure: fc.constantFrom("count", "p95(latency_ms)"),
    by: fc.constantFrom("", "service", "severity"),
    top: fc.constantFrom(...chartTops),
  }),
  compare: fc.constantFrom(...comparisons),
  order: fc.record({ key: fc.constantFrom(...patternKeys), isAscending: fc.boolean() }),
});

test("every view has an address that leads to it", () => {
  fc.assert(
    fc.property(anyView, (view) => {
      expect(parseView(printView(view))).toEqual(view);
    }),
  );
});

it("has no address of its own for the default", () => {
  expect(printView(viewDefault)).toBe("");
  expect(parseView("")).toEqual(viewDefault);
});

it.each([
  "?tab=x&chart=pie&top=7&compare=year&order=size",
  "?last=0h",
  "?last=1y",
  "?from=2&to=1",
  "?from=1.5",
  "?from=x&to=y",
  "?from=-9&to=-1",
  "?from=9000000000000000",
  "?from=1&to=9007199254740991",
  "?open=javascript:alert(1)&context=1",
])("takes the default for what is wrong in %s", (address) => {
  expect(parseView(address)).toEqual(viewDefault);
});

test("whatever an address says, its time can be written and asked for", () => {
  const number = fc.oneof(fc.maxSafeInteger().map(String), fc.string(), moment.map(String));
  const length = fc
    .tuple(fc.nat(999_999), fc.constantFrom(..."smhdw"))
    .map(([n, unit]) => n + unit);
  fc.assert(
    fc.property(number, number, length, (from, to, last) => {
      for (const search of [{ from, to }, { from }, { to }, { last }]) {
        const { range } = parseView(`?${new URLSearchParams(search)}`);
        const window = windowOf(range, now);
        expect(formatTime(window.from, "local")).toMatch(/^\d{4}-/);
        expect(formatTime(window.to, "local")).toMatch(/^\d{4}-/);
        expect(window.from).toBeGreaterThanOrEqual(0);
        expect(window.from).toBeLessThan(window.to);
      }
    }),
  );
});

it("keeps the default range for a length that is none", () => {
  expect(parseView("?last=").range).toBe(rangeDefault);
});
