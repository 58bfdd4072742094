import { expect, it } from "vitest";
import { viewDefault } from "../../view/view.ts";
import { countedWindow } from "./asked.ts";

const window = { from: 1_000, to: 3_601_000 };
const now = 7_200_000;
const past = { kind: "between", ...window } as const;

it.each([
  ["entries, as long as they stand still", "entries", viewDefault.range, window],
  ["live, up to now", "live", viewDefault.range, { from: now - 3_599_999, to: now + 1 }],
  ["live, whatever range has ended", "live", past, { from: now - 899_999, to: now + 1 }],
  ["live, since a moment", "live", { kind: "since", from: 5 }, { from: 5, to: now + 1 }],
] as const)("counts the fields of %s", (_, tab, range, expected) => {
  expect(countedWindow({ ...viewDefault, tab, range }, window, now)).toEqual(expected);
});
