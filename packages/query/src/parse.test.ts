import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { compile, matches } from "./compile.ts";
import type { Filter } from "./filter.ts";
import { parse, queryLengthMax, scan, tokenize } from "./parse.ts";
import { print } from "./print.ts";
import { anyEntry, anyFilter, nearlyQuery } from "./test/arbitraries.ts";
import { checkStable, mended, parsed, problemsOf } from "./test/check.ts";
import { toEntry } from "./test/entry.ts";
import { oracle } from "./test/oracle.ts";

const anyText = fc.oneof(nearlyQuery, fc.string({ unit: "binary" }), fc.string());

/** Printed queries, with a piece cut out and another put in. */
const mutated = fc
  .tuple(anyFilter, fc.nat(), fc.nat({ max: 6 }), nearlyQuery)
  .map(([filter, at, length, piece]) => {
    const text = print(filter);
    const from = at % (text.length + 1);
    return text.slice(0, from) + piece.slice(0, 4) + text.slice(from + length);
  });

describe("any text", () => {
  test("parses without throwing, and prints stably", () => {
    fc.assert(
      fc.property(fc.oneof(anyText, mutated), (text) => {
        const { filter, problems, hints } = parse(text);
        checkStable(filter);
        for (const { from, to, message } of [...problems, ...hints]) {
          expect(from).toBeGreaterThanOrEqual(0);
          expect(to).toBeGreaterThanOrEqual(from);
          expect(to).toBeLessThanOrEqual(text.length);
          expect(message).not.toBe("");
        }
      }),
      { numRuns: 1000 },
    );
  });

  test("is cut into tokens in order, with white space between them", () => {
    fc.assert(
      fc.property(fc.oneof(anyText, mutated), (text) => {
        let at = 0;
        for (const { from, to } of tokenize(text)) {
          expect(text.slice(at, from).trim()).toBe("");
          expect(to).toBeGreaterThan(from);
          at = to;
        }
        expect(text.slice(at).trim()).toBe("");
      }),
      { numRuns: 500 },
    );
  });

  test("is looked at a bounded number of times a character", () => {
    fc.assert(
      fc.property(fc.oneof(anyText, mutated), (text) => {
        expect(scan(text, {}).steps).toBeLessThanOrEqual(40 * (text.length + 1));
      }),
    );
  });
});

describe("any filter", () => {
  test("is printed to text that parses to it", () => {
    fc.assert(
      fc.property(anyFilter, (filter) => {
        checkStable(filter);
      }),
      { numRuns: 500 },
    );
  });

  test("means what the oracle says, and its negation the opposite", () => {
    fc.assert(
      fc.property(
        anyFilter,
        fc.array(anyEntry, { minLength: 1, maxLength: 5 }),
        (filter, entries) => {
          const isMet = compile(filter);
          const isNotMet = compile({ op: "not", filter });
          for (const entry of entries) {
            expect(isMet(entry)).toBe(oracle(filter, entry));
            expect(isNotMet(entry)).toBe(!isMet(entry));
            expect(matches(parse(print(filter)).filter, entry)).toBe(isMet(entry));
          }
        },
      ),
      { numRuns: 1000 },
    );
  });
});

describe("hostile text", () => {
  const hostile: readonly (readonly [string, string])[] = [
    ["opening parentheses", "(".repeat(queryLengthMax)],
    ["closing parentheses", ")".repeat(queryLengthMax)],
    ["pairs of parentheses", "()".repeat(queryLengthMax / 2)],
    ["nested groups of values", "x:(".repeat(1365)],
    ["minus signs", "- ".repeat(2048)],
    ["stars", "*".repeat(queryLengthMax)],
    ["slashes", "/".repeat(queryLengthMax)],
    ["slashes apart", "/ ".repeat(2048)],
    ["open expressions", "/( ".repeat(1365)],
    ["quotes", '"'.repeat(queryLengthMax)],
    ["backslashes", "\\".repeat(queryLengthMax)],
    ["braces", "{a=".repeat(1365)],
    ["braces closed", `${"{a".repeat(2000)}="x"}`],
    ["colons", "x:".repeat(2048)],
    ["pipes", "|".repeat(queryLengthMax)],
    ["equal signs", "= ".repeat(2048)],
    ["brackets", "x:[ ".repeat(1024)],
    ["expressions with large classes", "/\\pL\\pN\\p{Greek}/ ".repeat(220)],
    ["expressions that repeat repetitions", "/((a{30}){30}){30}/ ".repeat(190)],
    ["nested parentheses in an expression", `/${"(".repeat(4000)}/`],
  ];

  test.each(hostile)("of %s is answered in bounded steps", (_, text) => {
    const { steps, problems } = scan(text, {});
    expect(steps).toBeLessThanOrEqual(40 * (text.length + 1));
    expect(problems.length).toBeLessThanOrEqual(20);
    expect(JSON.stringify(problems).length).toBeLessThanOrEqual(21 * 2 * queryLengthMax);
  });

  test("may have a thousand alternatives", () => {
    const filter = parsed(
      Array.from({ length: 1000 }, (_, i) => i % 10)
        .join(" OR ")
        .slice(0, 4091),
    );
    expect(matches(filter, toEntry({ message: "9" }))).toBe(true);
    expect(matches(filter, toEntry({ message: "none" }))).toBe(false);
  });

  test("may negate two thousand times", () => {
    const text = `${"NOT ".repeat(1001)}a`;
    expect(print(parsed(text))).toBe("-a");
  });

  test("is refused beyond the limit, unread", () => {
    expect(parsed("a".repeat(queryLengthMax))).toEqual({
      op: "contains",
      text: "a".repeat(queryLengthMax),
    });
    const long = "(".repeat(queryLengthMax + 1);
    expect(problemsOf(long)).toEqual(["(: the query is 4097 characters long; the limit is 4096"]);
    expect(tokenize(long)).toEqual([{ kind: "error", from: 0, to: 4097 }]);
  });

  test("may nest 64 levels and no more", () => {
    const nested = (levels: number) => `${"(".repeat(levels)}a${")".repeat(levels)}`;
    expect(parsed(nested(64))).toEqual({ op: "contains", text: "a" });
    expect(problemsOf(nested(65))).toEqual([
      "(".concat(": parentheses are nested deeper than 64 levels"),
    ]);
  });
});

describe("precedence", () => {
  test.each([
    ["a b OR c", "a b OR c"],
    ["a AND b OR c AND d", "a b OR c d"],
    ["(a OR b) c", "(a OR b) c"],
    ["a (b (c d))", "a b c d"],
    ["(a OR (b OR c))", "a OR b OR c"],
    ["NOT a b", "-a b"],
    ["NOT (a b)", "-(a b)"],
    ["-(a OR NOT b)", "-(a OR -b)"],
    ["x:(a OR (b -c))", "x:a OR x:b -x:c"],
    ["  a\n\tb ", "a b"],
    ["", "*"],
    ["* a", "a"],
    ["a OR *", "*"],
  ])("%s is %s", (text, printed) => {
    expect(print(parsed(text))).toBe(printed);
  });
});

describe("a mistake", () => {
  test.each([
    ["a AND", "a "],
    ["a OR", "a "],
    ["OR a", " a"],
    ["a AND OR b", "a AND  b"],
    ["a NOT", "a "],
    ["(a", "(a)"],
    ["a)", "a"],
    ["a ()", "a "],
    ['"abc', '"abc"'],
    ['x:"abc', 'x:"abc"'],
    ["/a(b c)", "/a(b c)/"],
    ["x:", '"x:"'],
    ["x: 5", "x:5"],
    ["severity:warn", "severity:warning"],
    ["severity:ERROR", "severity:error"],
    ["severity:fatal", "severity:error"],
    ["severity:bad", "severity:(info OR warning OR error)"],
    ["severity:>=warning", "severity:(warning OR error)"],
    ["severity:<error", "severity:(info OR warning)"],
    ["severity=error", "severity:error"],
    ["level!=debug", "-level:debug"],
    ["latency_ms>=250", "latency_ms:>=250"],
    ["level = 'x y'", 'level:"x y"'],
    ["status == 500", "status:500"],
    ['{app="x"}', "app:x"],
    ['{app="x", env!~"a/b"}', "app:x -env:/a\\/b/"],
    ['|= "x"', ' "x"'],
    ["a || b", "a OR b"],
    ["a && b", "a AND b"],
    ["a or b", "a OR b"],
    ["!a", "-a"],
    ["+a", "a"],
    ['app="x"', 'app:"x"'],
    ["x:=5", "x:5"],
    ["std::string", '"std::string"'],
    ["http://a.b/c", '"http://a.b/c"'],
    ["12:30:45", '"12:30:45"'],
    ["x:[5 TO 1]", "x:[1 TO 5]"],
    ["x:>250ms", "x:>250"],
    ["conn*reset", "/(?i)conn.*reset/"],
    ["trace_id:5b", "traceId:5b"],
    ["Service:chat", "service:chat"],
    ["/abc/i", "/(?i)abc/"],
    ["service:(chat gateway)", "service:(chat OR gateway)"],
  ])("%s is mended to %s", (text, better) => {
    expect(mended(text)).toBe(better);
    expect(parse(better).problems).toEqual([]);
  });

  test("of several parentheses is mended one by one", () => {
    expect(mended(mended("(a OR (b"))).toBe("(a OR (b))");
  });

  test("of a right query is a hint only", () => {
    const { filter, problems, hints } = parse("a or b");
    expect(problems).toEqual([]);
    expect(hints).toHaveLength(1);
    expect(filter).toEqual<Filter>({
      op: "and",
      filters: ["a", "or", "b"].map((text) => ({ op: "contains", text })),
    });
  });

  test("is located", () => {
    expect(problemsOf("a x:>z (b")).toEqual([
      "z: z is not a number",
      "(b: a parenthesis is not closed -> (b)",
    ]);
  });

  test("with a number too small for a double is one with 0", () => {
    expect(parse("x:[-5e-999 TO *]").filter).toEqual({
      op: "range",
      field: "x",
      from: 0,
      to: null,
    });
  });

  test("in more than ten expressions is one too many", () => {
    expect(parse("/a/ ".repeat(10)).problems).toEqual([]);
    expect(problemsOf("/a/ ".repeat(11))).toHaveLength(1);
  });
});
