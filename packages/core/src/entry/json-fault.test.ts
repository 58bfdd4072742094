import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { describePlace, findJsonFault } from "./json-fault.ts";

const isJson = (text: string): boolean => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};

const valid = '{"a":[1,-2.5e+3,true,null,{"b":"x\\n\\u00e9"}],"c":{},"d":[]}';

describe("findJsonFault", () => {
  it.each([
    ["", 0, "expected a value, the text ends"],
    ["nope", 0, 'expected a value, found "n"'],
    ["{'a':1}", 1, 'expected a name in quotes or }, found "\'"'],
    ['{"a" 1}', 5, 'expected :, found "1"'],
    ['{"a":1 "b":2}', 7, 'expected , or }, found "\\""'],
    ['{"a":1,}', 7, 'expected a name in quotes, found "}"'],
    ["[1,]", 3, 'expected a value, found "]"'],
    ["[1", 2, "expected , or ], the text ends"],
    ["[01]", 2, 'expected , or ], found "1"'],
    ['{"a":1}}', 7, 'expected the end, found "}"'],
    ['{"a":"x\ny"}', 7, 'the string is not valid, found "\\n"'],
    ['{"a":"x', 7, "the string is not valid, the text ends"],
    ['{"a":"\\x"}', 6, 'the string is not valid, found "\\\\"'],
    ["[NaN]", 1, 'expected a value or ], found "N"'],
    ["[1}", 2, 'expected , or ], found "}"'],
    ["\ufeff[]", 0, 'expected a value, found "\ufeff"'],
  ])("finds the fault of %j", (text, offset, message) => {
    expect(findJsonFault(text)).toEqual({ offset, message });
  });

  it("finds none in JSON", () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        expect(findJsonFault(text)).toBeUndefined();
      }),
    );
  });

  it("agrees with JSON.parse on texts that are nearly JSON", () => {
    const anyEdit = fc.tuple(
      fc.nat(valid.length),
      fc.nat(3),
      fc.constantFrom(
        "",
        "{",
        "}",
        "[",
        "]",
        ",",
        ":",
        '"',
        "\\",
        "0",
        "e",
        "-",
        ".",
        " ",
        "\n",
        "\u0001",
      ),
    );
    fc.assert(
      fc.property(anyEdit, anyEdit, (first, second) => {
        let text = valid;
        for (const [at, removed, added] of [first, second]) {
          text = text.slice(0, at) + added + text.slice(at + removed);
        }
        const fault = findJsonFault(text);
        expect(fault === undefined).toBe(isJson(text));
        // Up to there it can go on to be JSON: cutting the text at the fault moves the fault nowhere before.
        const cut = findJsonFault(text.slice(0, fault?.offset));
        expect((cut?.offset ?? text.length) >= (fault?.offset ?? 0)).toBe(true);
      }),
      { numRuns: 3000 },
    );
  });

  it("follows any depth", () => {
    const deep = 1_000_000;
    const text = '{"a":['.repeat(deep);
    expect(findJsonFault(text + "]}".repeat(deep))).toBeUndefined();
    expect(findJsonFault(`${text}]${"]}".repeat(deep)}`)?.offset).toBe(6 * deep + 1);
  });
});

describe("describePlace", () => {
  it("counts lines and columns from 1", () => {
    expect(describePlace("ab\ncd", 0)).toBe("line 1, column 1");
    expect(describePlace("ab\ncd", 4)).toBe("line 2, column 2");
  });
});
