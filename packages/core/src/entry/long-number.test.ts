import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createLongNumberFinder } from "./long-number.ts";

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

/** The answer for each line, in both ways. */
const answersOf = (text: string): readonly (readonly boolean[])[] =>
  [undefined, bytesOf(text)].map((bytes) => {
    const hasLongNumber = createLongNumberFinder(text, bytes);
    let from = 0;
    return text.split("\n").map((line) => {
      const answer = hasLongNumber(from, from + line.length);
      from += line.length + 1;
      return answer;
    });
  });

describe("createLongNumberFinder", () => {
  it("answers for ascending ranges", () => {
    const lines = [
      '{"a":1}',
      '{"a":12345678901234567}',
      '{"a":"12345678901234567"}',
      '{"a":123456789012345,"b":-123456789012345}',
      '{"a": -0.1234567890123456789}',
      "[1,1234567890123456]",
    ];
    const expected = [false, true, false, false, true, true];
    expect(answersOf(lines.join("\n"))).toEqual([expected, expected]);
  });

  it("finds every number of 16 digits in both ways, and none where there are no 16", () => {
    const anyPiece = fc.oneof(
      fc.constantFrom(',"a":', ",", "\n[", '"', " ", "x", "-", "["),
      fc.stringMatching(/^[\d.]{1,20}$/),
    );
    const anyText = fc.array(anyPiece, { maxLength: 40 }).map((pieces) => pieces.join(""));
    fc.assert(
      fc.property(anyText, (text) => {
        const lines = text.split("\n");
        const [inText = [], inBytes = []] = answersOf(text);
        const isNumber = lines.map((line) => /[:,[] *-?[\d.]{16}/.test(line));
        const hasDigits = lines.map((line) => /[\d.]{16}/.test(line));
        const isRight = (answers: readonly boolean[]) =>
          answers.every((answer, at) => (answer || !isNumber[at]) && (!answer || hasDigits[at]));
        expect([isRight(inText), isRight(inBytes)]).toEqual([true, true]);
      }),
      { numRuns: 2000 },
    );
  });
});
