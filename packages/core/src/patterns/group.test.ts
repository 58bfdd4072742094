import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { changeOf } from "./change.ts";
import { groupShapes } from "./group.ts";
import { hashOfPattern } from "./pattern-hash.ts";
import { createShapes } from "./shapes.ts";

const words = "alice bob carol dave eve frank grace heidi ivan judy mallory niaj".split(" ");
const things = "sword shield potion bow helmet ring map torch cloak boots staff axe".split(" ");

const patternsOf = (shapes: readonly string[], count = 10): string[] => {
  const grouped = groupShapes(shapes.map((shape) => ({ shape, count })));
  return [...new Set(grouped.values())].sort();
};

describe("shapes are grouped", () => {
  it.each([
    ["where one word varies", words.map((one) => `user ${one} logged in`), ["user <*> logged in"]],
    [
      "whatever varies beside it",
      words.map((one, i) => `user ${one} logged in after <${i % 2 === 0 ? "num" : "duration"}>`),
      ["user <*> logged in after <*>"],
    ],
    [
      "but not by a few words that say what happened",
      ["match <id> started", "match <id> ended", "match <id> was aborted"],
      ["match <id> ended", "match <id> started", "match <id> was aborted"],
    ],
    [
      "first where most varies",
      words.flatMap((one) =>
        ["installed", "removed", "updated"].map((what) => `package ${one} ${what}`),
      ),
      ["package <*> installed", "package <*> removed", "package <*> updated"],
    ],
    [
      "as ids when a number may be one",
      ["span <id> ended", "span <num> ended"],
      ["span <id> ended"],
    ],
    [
      "but not by the routes of an API",
      things.map((one) => `GET /v2/${one} <num> in <num> ms`),
      things.map((one) => `GET /v2/${one} <num> in <num> ms`).sort(),
    ],
  ])("%s", (_, shapes, patterns) => {
    expect(patternsOf(shapes)).toEqual(patterns);
  });

  it("where two words vary at once", () => {
    const shapes = words.map((one, i) => `player ${one} picked up a ${things[i]} somewhere`);
    expect(patternsOf(shapes, 1)).toEqual(["player <*> picked up a <*> somewhere"]);
  });

  it("where free text of any length follows", () => {
    const shapes = Array.from({ length: 60 }, (_, i) => {
      const said = Array.from({ length: 1 + (i % 7) }, (__, at) => words[(i * 5 + at) % 12]);
      return `chat message <id> says ${said.join(" ")} ${things[i % 12]} x${"y".repeat(i)}`;
    });
    expect(patternsOf(shapes, 1)).toEqual(["chat message <id> says <*>"]);
  });

  it("alike whichever comes first, where some have a word and some a placeholder", () => {
    const shapes = words.map((one, i) => `joined ${one} ${i % 2 === 0 ? "<id>" : "late"}`);
    expect(patternsOf(shapes, 1)).toEqual(shapes.toSorted());
    expect(patternsOf(shapes.toReversed(), 1)).toEqual(shapes.toSorted());
  });

  it("in the same way in whatever order they come", () => {
    const anyShape = fc
      .array(fc.constantFrom(...words.slice(0, 9), "<num>", "<id>", "/", "=", "took"), {
        minLength: 1,
        maxLength: 6,
      })
      .map((parts) => parts.join(" "));
    const anyToken = fc.constantFrom(...words.slice(0, 9), "<num>", "<id>", "<num>@example.com");
    // Most shapes of any length are built like no other; these are, as rare ones must be to become one.
    const alikeShape = fc
      .tuple(fc.constantFrom("joined", "left"), anyToken, fc.constantFrom("<id>", "late", "x<id>"))
      .map((parts) => parts.join(" "));
    const anyShapes = fc.uniqueArray(fc.oneof(anyShape, alikeShape), {
      minLength: 1,
      maxLength: 200,
    });
    fc.assert(
      fc.property(anyShapes, fc.infiniteStream(fc.nat()), (shapes, keys) => {
        const counted = shapes.map((shape, index) => ({ shape, count: 1 + (index % 5) }));
        const shuffled = counted
          .map((one) => ({ one, key: keys.next().value as number })) // the stream has no end
          .sort((a, b) => a.key - b.key)
          .map(({ one }) => one);
        const byShape = (map: ReadonlyMap<string, string>) => [...map].sort();
        expect(byShape(groupShapes(shuffled))).toEqual(byShape(groupShapes(counted)));
      }),
      { numRuns: 40 },
    );
  });
});

const shape = (text: string) => ({
  shape: text,
  count: 1,
  severities: [1, 0, 0] as [number, number, number],
  firstTime: 0,
  lastTime: 0,
  exampleId: () => "id",
  exampleMessage: () => text,
});

describe("collected shapes", () => {
  it("stay within a limit, and every entry is counted", () => {
    const shapes = createShapes(100);
    for (let index = 0; index < 2000; index++) {
      const letters = [...`${index * 7919}`].map((digit) =>
        String.fromCharCode(97 + Number(digit)),
      );
      shapes.add([shape(letters.join(" ")), shape(`user ${letters.join("")} logged in again`)]);
      expect(shapes.tallies.size).toBeLessThanOrEqual(100);
    }
    const counted = [...shapes.tallies.values()].reduce((sum, { count }) => sum + count, 0);
    expect(counted + shapes.otherCount).toBe(4000);
    expect(shapes.otherCount).toBeGreaterThan(0);
    expect(shapes.tallies.get("user <*> logged in again")?.count).toBeGreaterThan(1900);
  });

  it("keep the beginning of a long example", () => {
    const shapes = createShapes();
    shapes.add([{ ...shape("long"), exampleMessage: () => "x".repeat(65_536) }]);
    expect(shapes.tallies.get("long")?.example.message).toBe("x".repeat(1000));
  });
});

it.each([
  [{ count: 1, total: 10 }, { count: 0, total: 10 }, "new"],
  [{ count: 0, total: 10 }, { count: 1, total: 10 }, "gone"],
  [{ count: 0, total: 0 }, { count: 1, total: 10 }, "gone"],
  [{ count: 300, total: 1000 }, { count: 100, total: 1000 }, "grown"],
  [{ count: 100, total: 1000 }, { count: 300, total: 1000 }, "shrunk"],
  [{ count: 3, total: 10 }, { count: 1, total: 10 }, "same"],
  [{ count: 110, total: 1000 }, { count: 100_000, total: 1_000_000 }, "same"],
  [{ count: 10, total: 10 }, { count: 10, total: 10 }, "same"],
] as const)("%j after %j is %s", (now, before, change) => {
  expect(changeOf(now, before)).toBe(change);
});

it("a pattern has the same hash for good", () => {
  expect(hashOfPattern("player <id> joined match <id>")).toBe("3a774794aec75c61");
});
