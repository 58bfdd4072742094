import fc from "fast-check";
import { RE2JS } from "re2js";
import { describe, expect, test } from "vitest";
import { compileRegex, parseRegex, requiredLiteral } from "./index.ts";
import { createUnicode } from "./unicode.ts";

const atoms =
  "a b k s A é É 😀 1 _ - ſ K . \\n \\d \\w \\s \\D \\W \\S [ab] [^a] [a-cé] [[:alpha:]] [[:^digit:]b] [^\\w] [\\d-] [^-a] " +
  "\\x41 \\x{1F600} \\. \\101 \\Qa.b\\E ^ $ \\b \\B \\A \\z (?i) (?-i) (?m) (?s) (?U) {2} a{,2} ] }";

const anyPattern: fc.Arbitrary<string> = fc.letrec<{ pattern: string }>((tie) => ({
  pattern: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    fc.constantFrom(...atoms.split(" "), " ", ""),
    fc.tuple(tie("pattern"), tie("pattern")).map((two) => two.join("")),
    fc.tuple(tie("pattern"), tie("pattern")).map((two) => two.join("|")),
    fc
      .tuple(fc.constantFrom("(", "(?:", "(?i:", "(?s-i:", "(?m:"), tie("pattern"))
      .map(([open, inner]) => `${open}${inner})`),
    fc
      .tuple(tie("pattern"), fc.constantFrom("*", "+", "?", "{2}", "{1,3}", "{2,}", "*?", "{0}"))
      .map(([inner, repeat]) => `(?:${inner})${repeat}`),
  ),
})).pattern;

const anyText = fc
  .array(fc.constantFrom(..."abksABéÉ12 _-.ſKx\n", "😀", "\ud800"), { maxLength: 8 })
  .map((characters) => characters.join(""));

const utf8 = (text: string): Uint8Array => {
  const bytes: number[] = [];
  for (const character of text) {
    const codePoint = character.codePointAt(0) ?? 0;
    const rest = (shift: number) => 0x80 | ((codePoint >> shift) & 0x3f);
    if (codePoint < 0x80) bytes.push(codePoint);
    else if (codePoint < 0x800) bytes.push(0xc0 | (codePoint >> 6), rest(0));
    else if (codePoint < 0x10000) bytes.push(0xe0 | (codePoint >> 12), rest(6), rest(0));
    else bytes.push(0xf0 | (codePoint >> 18), rest(12), rest(6), rest(0));
  }
  return Uint8Array.from(bytes);
};

/** Whether a port of RE2 finds a match; undefined when it refuses the pattern. */
const oracle = (pattern: string): ((text: string) => boolean) | undefined => {
  try {
    const compiled = RE2JS.compile(pattern);
    return (text) => compiled.test(text);
  } catch {
    return undefined;
  }
};

describe("any expression", () => {
  test("is taken or refused as RE2 does, and finds the same in strings and in bytes", () => {
    fc.assert(
      fc.property(
        anyPattern,
        fc.array(anyText, { minLength: 1, maxLength: 8 }),
        (pattern, texts) => {
          const expected = oracle(pattern);
          expect(parseRegex(pattern).problem === undefined).toBe(expected !== undefined);
          const regex = compileRegex(pattern);
          for (const text of texts) {
            const isFound = expected?.(text) ?? false;
            expect(regex.test(text)).toBe(isFound);
            expect(regex.testBytes(utf8(text))).toBe(isFound);
          }
        },
      ),
      { numRuns: 800 },
    );
  });

  test("finds nothing without its required literal", () => {
    fc.assert(
      fc.property(anyPattern, anyText, (pattern, text) => {
        const { text: literal, ignoresCase } = requiredLiteral(pattern) ?? {
          text: "",
          ignoresCase: false,
        };
        const fold = (value: string) =>
          ignoresCase ? value.replace(/[A-Z]/g, (c) => c.toLowerCase()) : value;
        const mayMatch = fold(text).includes(fold(literal));
        expect(mayMatch || !compileRegex(pattern).test(text)).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });

  test("of any characters is parsed without throwing", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (pattern) => {
        const { problem } = parseRegex(pattern);
        expect(compileRegex(pattern).test("")).toBeTypeOf("boolean");
        expect(problem === undefined || problem !== "").toBe(true);
      }),
    );
  });
});

describe("time is linear", () => {
  const cases = [
    "(a+)+$",
    "(a|a)*b",
    "(.*)(.*)(.*)(.*)(.*)x",
    "(a|b)*a(a|b){14}c",
    "(?:a?){30}a{30}",
    "\\d+x",
    "a{999}b",
    "[ab]*a[ab]{900}c",
  ];

  test.each(cases)("for %s on texts that are made for it", (pattern) => {
    const length = 4000;
    const texts = ["a".repeat(length), "1".repeat(length), "aab".repeat(length / 3)];
    const regex = compileRegex(pattern);
    for (const text of texts) regex.test(text);
    // Each character follows each step of the program once at most, 1,100 steps at most.
    expect(regex.work).toBeLessThanOrEqual(texts.length * length * 1100);
  });

  test("once a state is known, a character costs nothing", () => {
    const regex = compileRegex("(a+)+$");
    regex.test(`${"a".repeat(50)}b`);
    const { work } = regex;
    expect(regex.test(`${"a".repeat(50_000)}b`)).toBe(false);
    expect(regex.work).toBe(work);
  });

  test("when states are forgotten since there are too many, the answer stays right", () => {
    const regex = compileRegex("[ab]*a[ab]{16}c");
    let seed = 1;
    const letters = Array.from({ length: 60_000 }, () => {
      seed = (seed * 48271) % 0x7fffffff;
      return seed % 2 === 0 ? "a" : "b";
    }).join("");
    expect(regex.test(letters)).toBe(false);
    expect(regex.test(`${letters}a${"b".repeat(16)}c`)).toBe(true);
    expect(regex.test(`${letters}b${"b".repeat(16)}c`)).toBe(false);
  });

  test.each(["a{1001}", "(a{100}){100}", "(((a{30}){30}){30}){30}"])("%s is refused", (pattern) => {
    expect(parseRegex(pattern).problem).toBeDefined();
    expect(compileRegex(pattern).test("a".repeat(2000))).toBe(false);
  });
});

test("bytes that are no UTF-8 count as U+FFFD each", () => {
  const bytes = [0x61, 0xff, 0xc3, 0x62, 0xed, 0xa0, 0x80];
  expect(compileRegex("^a\\x{FFFD}{2}b\\x{D800}$").testBytes(Uint8Array.from(bytes))).toBe(true);
  expect(compileRegex("^\\x{FFFD}$").testBytes(Uint8Array.from(bytes), 1, 2)).toBe(true);
  expect(compileRegex("^\\x{FFFD}{2}$").testBytes(Uint8Array.of(0xc0, 0x80))).toBe(true);
});

test.each([
  ["time(d )?out", { text: "time", ignoresCase: false }],
  ["(?i)timeout", { text: "timeout", ignoresCase: true }],
  ["player \\d+ joined", { text: "player ", ignoresCase: false }],
  ["(ab|cd)efg*", { text: "ef", ignoresCase: false }],
  ["x+yz", { text: "yz", ignoresCase: false }],
  ["a|b", undefined],
])("the required literal of %s is known", (pattern, literal) => {
  expect(requiredLiteral(pattern)).toEqual(literal);
});

test("Unicode classes are those of the engine, without unassigned characters", () => {
  for (const name of ["L", "Lu", "Nd", "Zs", "Sc", "Greek", "Han", "Cyrillic"]) {
    const property = name.length > 2 ? `Script=${name}` : name;
    const native = new RegExp(`^\\p{${property}}$`, "u");
    const regex = compileRegex(`^\\p{${name}}$`);
    for (let codePoint = 0; codePoint < 0x33480; codePoint += 7) {
      const character = String.fromCodePoint(codePoint);
      expect(regex.test(character), `${name} ${codePoint}`).toBe(native.test(character));
    }
  }
  expect(compileRegex("\\pC").test("\u{10fffd}")).toBe(true);
  expect(parseRegex("\\p{Klingon}").problem).toBe("no such class of characters: Klingon");
  expect(parseRegex("\\pL\\pM\\pN\\pP\\pS\\pZ\\pC\\p{Lu}\\p{Ll}").problem).toBeDefined();
});

test("case folds as the engine folds it", () => {
  const unicode = createUnicode();
  for (const character of "éÉßẞµμΜσςΣθϑϴΘKkåÅÅıİᾳᾼǅǆǄа") {
    const codePoint = character.codePointAt(0) ?? 0;
    const folded = unicode.fold([codePoint, codePoint]);
    const native = new RegExp(`^[\\u{${codePoint.toString(16)}}]$`, "iu");
    for (let other = 0; other < 0x2200; other++) {
      const isIn = folded.some(
        (from, i) => i % 2 === 0 && from <= other && other <= (folded[i + 1] ?? 0),
      );
      expect(isIn, `${character} ${other.toString(16)}`).toBe(
        native.test(String.fromCodePoint(other)),
      );
    }
  }
});
