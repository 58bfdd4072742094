import { readFileSync } from "node:fs";
import { expect, test } from "vitest";

const tokens = readFileSync(
  new URL("../packages/ui/src/design/tokens.css", import.meta.url),
  "utf8",
);

const colours = new Map(
  Array.from(
    tokens.matchAll(/--([\w-]+): light-dark\((#\w{6}), (#\w{6})\)/g),
    ([, name = "", light = "", dark = ""]) => [name, [light, dark]] as const,
  ),
);

const luminance = (colour: string): number => {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
};

/** The least contrast of a colour on both surfaces, in both schemes, as WCAG 2 defines it. */
const contrastOf = (name: string): number => {
  const contrasts = ["surface", "raised"].flatMap((surface) =>
    (colours.get(name) ?? []).map((colour, scheme) => {
      const pair = [luminance(colour), luminance(colours.get(surface)?.[scheme] ?? colour)];
      return (Math.max(...pair) + 0.05) / (Math.min(...pair) + 0.05);
    }),
  );
  return Math.min(...contrasts);
};

const areas = [...colours.keys()].filter((name) => /^group-|-area$/.test(name));

test("there are as many colours of groups as the chart has", () => {
  expect(areas.filter((name) => /^group-\d+$/.test(name))).toHaveLength(10);
});

test.each(areas)("the area %s is told from what is behind it", (name) => {
  expect(contrastOf(name)).toBeGreaterThanOrEqual(3);
});

test.each(["text", "quiet", "accent", "info", "warning", "error"])(
  "the text %s is read",
  (name) => {
    expect(contrastOf(name)).toBeGreaterThanOrEqual(4.5);
  },
);
