import { Buffer } from "node:buffer";
import { describe, expect, it } from "vitest";
import { createResponseReader } from "./response-reader.ts";

const plain = "HTTP/1.1 201 Created\r\nContent-Length: 5\r\n\r\nhello";
const chunked =
  "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n";

describe("the response reader", () => {
  it.each([
    ["a plain answer", plain, 201, "hello"],
    ["a chunked answer", chunked, 200, "abcde"],
    ["an answer without a body", "HTTP/1.1 204 No Content\r\n\r\n", 204, ""],
  ])("reads %s, whole and byte by byte", (_, text, status, body) => {
    const whole = createResponseReader().push(Buffer.from(text));
    expect([whole?.status, whole?.body.toString()]).toEqual([status, body]);
    const reader = createResponseReader();
    const answers = Array.from(Buffer.from(text), (byte) => reader.push(Buffer.from([byte])));
    expect(answers.slice(0, -1).every((answer) => answer === undefined)).toBe(true);
    expect(answers.at(-1)?.body.toString()).toBe(body);
  });

  it("reads one answer after another", () => {
    const reader = createResponseReader();
    expect(reader.push(Buffer.from(plain))?.status).toBe(201);
    expect(reader.push(Buffer.from(chunked))?.status).toBe(200);
    expect(reader.push(Buffer.from(plain))?.status).toBe(201);
  });
});
