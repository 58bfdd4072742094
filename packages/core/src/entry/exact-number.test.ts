import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ExactNumber, isDamaged, mayHoldExtreme, parseExact, writeJson } from "./exact-number.ts";
import { createLongNumberFinder } from "./long-number.ts";

/** Whether two decimals are equal, by arithmetic: both times the same power of ten are whole numbers. */
const areEqual = (a: string, b: string): boolean => {
  const whole = (text: string): bigint => {
    const [, sign, digits = "", fraction = "", power = "0"] =
      /^(-?)(\d+)(?:\.(\d+))?(?:e([+-]?\d+))?$/i.exec(text) ?? [];
    const value = BigInt(digits + fraction) * 10n ** BigInt(1500 + Number(power) - fraction.length);
    return sign === "-" ? -value : value;
  };
  return whole(a) === whole(b);
};

const anyDigits = fc.stringMatching(/^\d{1,25}$/);
const anyLiteral = fc
  .tuple(
    fc.constantFrom("", "-"),
    fc.oneof(fc.constant("0"), fc.stringMatching(/^[1-9]\d{0,24}$/)),
    fc.oneof(
      fc.constant(""),
      anyDigits.map((digits) => `.${digits}`),
    ),
    fc.oneof(
      fc.constant(""),
      fc.integer({ min: -420, max: 420 }).map((power) => `e${power}`),
      fc.constantFrom("E5", "e+3", "e-05", "e+0400"),
    ),
  )
  .map((parts) => parts.join(""));

describe("isDamaged", () => {
  it.each([
    "0",
    "-0",
    "0.0",
    "0e5",
    "1",
    "-1",
    "1.0",
    "1.50",
    "1e3",
    "1E+3",
    "100",
    "0.1",
    "9007199254740991",
    "9007199254740992",
    "-9007199254740992",
    "1e22",
    "1e300",
    "123456789012345e7",
    "5e-324",
    "1795338000.123456",
    "41.299999999999997", // %.17g of 41.3
    "0.10000000000000001", // %.17g of 0.1
    "3.1415926535897931",
  ])("leaves %s alone", (literal) => {
    expect(isDamaged(literal)).toBe(false);
  });

  it.each([
    "9007199254740993",
    "9007199254740994",
    "-9007199254740993",
    "76561198000000000",
    "76561198000000001",
    "100000000000000000000000",
    "3.14159265358979323846",
    "0.10000000000000000001",
    "1.00000000000000000001",
    "1e400",
    "-1e400",
    "5e-400",
    "2e-324",
    "1.7976931348623159e308",
    "9007199254740993.5",
    "9007199254740993e0",
  ])("finds the damage of %s", (literal) => {
    expect(isDamaged(literal)).toBe(true);
  });

  it("agrees with arithmetic on decimals", () => {
    fc.assert(
      fc.property(anyLiteral, (literal) => {
        const value = Number(literal);
        const isInteger = /^-?\d+$/.test(literal);
        const prints = [String(value), ...(isInteger ? [] : [value.toPrecision(17)])];
        const isKept =
          Number.isFinite(value) &&
          prints.some((print) => areEqual(print, literal)) &&
          !(isInteger && Math.abs(value) > 2 ** 53);
        expect(isDamaged(literal)).toBe(!isKept);
      }),
      { numRuns: 3000 },
    );
  });
});

describe("the search for damage", () => {
  it.each(["text", "bytes"])(
    "in %s misses no damaged number, wherever a value may stand",
    (way) => {
      const anyFrame = fc.constantFrom(
        (text: string) => `{"a":${text}}`,
        (text: string) => `{"a": ${text} , "b":1}`,
        (text: string) => `{"a":[1,${text}]}`,
        (text: string) => `{"a":[${text}]}`,
        (text: string) => `{"a":\t${text}\n}`,
      );
      fc.assert(
        fc.property(anyLiteral, anyFrame, (literal, frame) => {
          const text = frame(literal);
          const bytes = way === "bytes" ? new TextEncoder().encode(text) : undefined;
          const value = Number(literal);
          const isExtreme = !(Math.abs(value) >= 1e-290 && Math.abs(value) <= 2 ** 53);
          const isFound =
            createLongNumberFinder(text, bytes)(0, text.length) ||
            (isExtreme && mayHoldExtreme(text));
          expect(isFound || !isDamaged(literal)).toBe(true);
        }),
        { numRuns: 3000 },
      );
    },
  );
});

describe("parseExact", () => {
  it("parses like JSON.parse where no number is damaged", () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        const value: unknown = JSON.parse(text);
        fc.pre(!/\d{16}|\d[eE]/.test(text));
        expect(parseExact(text)).toEqual(value);
      }),
    );
  });

  it("keeps damaged numbers at any place, and digits in strings as they are", () => {
    const text = `{"id":76561198000000001,"s":"76561198000000001, \\" 76561198000000001","x":{"y":[1e400,{"z":-9007199254740993}]},"n":5}`;
    expect(parseExact(text)).toEqual({
      id: new ExactNumber("76561198000000001"),
      s: '76561198000000001, " 76561198000000001',
      x: { y: [new ExactNumber("1e400"), { z: new ExactNumber("-9007199254740993") }] },
      n: 5,
    });
  });

  it("keeps the last of equal names", () => {
    expect(parseExact('{"a":76561198000000001,"a":"x","b":"y","b":76561198000000001}')).toEqual({
      a: "x",
      b: new ExactNumber("76561198000000001"),
    });
  });

  it("keeps names that a prototype has", () => {
    const value = parseExact('{"__proto__":76561198000000001,"constructor":{"__proto__":1e999}}');
    expect(writeJson(value)).toBe(
      '{"__proto__":76561198000000001,"constructor":{"__proto__":1e999}}',
    );
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
  });

  it.each([
    '{"a":012345678901234567}',
    "{12345678901234567:1}",
    '{"a":12345678901234567"b"}',
    "1e",
    "",
  ])("refuses %s", (text) => {
    expect(() => parseExact(text)).toThrow(SyntaxError);
  });

  it("survives any depth", () => {
    const depth = 60_000;
    const text = `{"id":76561198000000001,"a":${"[".repeat(depth)}${"]".repeat(depth)}}`;
    expect(parseExact(text)).toHaveProperty("id", new ExactNumber("76561198000000001"));
  });
});

describe("writeJson", () => {
  it("writes as JSON.stringify does, but for -0", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const expected = JSON.stringify(value, (_, inner) =>
          Object.is(inner, -0) ? "<-0>" : inner,
        );
        expect(writeJson(value)).toBe(expected.replaceAll('"<-0>"', "-0"));
      }),
    );
  });
});
