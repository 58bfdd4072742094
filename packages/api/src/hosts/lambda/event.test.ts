import { describe, expect, it } from "vitest";
import { toResult } from "./event.ts";

const payloadBytesMax = 6 * 1024 * 1024;

describe("the answer of a function", () => {
  it("is text as it is, while it is small", async () => {
    const result = await toResult(new Response("h\u{1F642}", { status: 404 }));
    expect(result).toMatchObject({ statusCode: 404, body: "h\u{1F642}", isBase64Encoded: false });
  });

  it.each([
    ["quotes", '"'],
    ["control characters", "\u0001"],
    ["letters", "a"],
    ["letters of three bytes", "\u20ac"],
  ])("fits an invocation with a page of 4 MiB of %s", async (_, character) => {
    const escaped = JSON.stringify(character).slice(1, -1);
    const page = escaped.repeat(Math.floor((4 * 1024 * 1024) / Buffer.byteLength(escaped)));
    const result = await toResult(new Response(page));
    expect(Buffer.byteLength(JSON.stringify(result))).toBeLessThan(payloadBytesMax);
    expect(Buffer.from(result.body, "base64").toString()).toBe(page);
  });
});
