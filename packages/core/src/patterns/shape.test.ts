import { describe, expect, it } from "vitest";
import { createMasker } from "./masker.ts";

const shapeOf = (message: string): string => createMasker().shapeOf(message);

describe("a shape masks", () => {
  it.each([
    ["took 41 ms", "took <num> ms"],
    ["took -4.5 of 0.000001", "took <num> of <num>"],
    ["took 41ms, 1m30.5s", "took <duration>, <duration>"],
    ["sent 12kB of 3.5GiB", "sent <size> of <size>"],
    ["player p-81 in m-7 on pod-7f9c", "player <id> in <id> on <id>"],
    ["trace 5b8efff798038103d269b633813fc60c", "trace <id>"],
    ["id 019ab5c2-7d3e-7c01-9f00-6b1e5a000003.", "id <id>."],
    ["commit deadbeef", "commit <id>"],
    ["from 10.0.0.1:8080", "from <ip>:<num>"],
    ["from [2001:db8::8a2e:370:7334]:443", "from [<ip>]:<num>"],
    ["mac 00:1a:2b:3c:4d:5e", "mac <id>"],
    ["version 1.2.3 of v2.0.0-rc1", "version <version> of <version>"],
    ["libc6:amd64 2.36-9+deb12u4", "<id>:amd64 <version>"],
    ["at 2026-11-22T09:00:00.123Z done", "at <time> done"],
    ["at 2026-11-22T09:00:00.123+02:00 done", "at <time> done"],
    ["at 2026-11-22T09:00:00.123-02:00 done", "at <time> done"],
    ["2026-11-22 09:00:00,123 INFO x", "<time> INFO x"],
    ["[22/Nov/2026:09:00:00 +0000] GET", "[<time>] GET"],
    ["Nov 22 09:00:00 host", "<time> host"],
    ["Nov  2 09:00:00 host", "<time> host"],
    ["due 2026-11-22", "due <date>"],
    ["at 09:00:00", "at <time>"],
    ["GET https://api.x.com/v1/p-81?a=1&b=c failed", "GET <url> failed"],
    ["see https://x.com/a.", "see <url>."],
    ["mail to ann.lee2@x-1.example.com sent", "mail to <email> sent"],
    ['map "harbour 2" loaded', 'map "<str>" loaded'],
    ["map 'harbour' loaded, isn't it", "map '<str>' loaded, isn't it"],
    ['{"level":"info","n":5}', '{"level":"<str>","n":<num>}'],
    ["name=`x y`", "name=`<str>`"],
    ["GET /api/v2/players/81/items", "GET /api/v2/players/<num>/items"],
    ["utf8 and sha256 over http2", "utf8 and sha256 over http2"],
  ])("%s", (message, shape) => {
    expect(shapeOf(message)).toBe(shape);
  });
});

describe("a shape of what is long", () => {
  it("shows the first line that is not empty", () => {
    expect(shapeOf("\n  Error 5: bad\n\tat x (a.js:1)\n")).toBe("Error <num>: bad <*>");
    expect(shapeOf("done 5\n \n")).toBe("done <num>");
  });

  it("shows its beginning, and cuts no placeholder and no character", () => {
    for (let length = 590; length < 610; length++) {
      const shape = shapeOf(`${"x".repeat(length)} 41 😀 ${"y".repeat(700)}`);
      expect(shape.length).toBeLessThan(610);
      expect(shape).toMatch(/^x+( <num>( (😀( y*)?)?)?)? <\*>$/u);
    }
  });
});

describe("time grows with the length of a message, however it is made", () => {
  it.each([
    ["quotes", '"'],
    ["apostrophes", " '"],
    ["addresses", "a://"],
    ["mails", "a@"],
    ["colons", "a:"],
    ["times", "10:10:10:"],
    ["versions", "1+1~"],
    ["dots", "1."],
    ["letters", "a"],
    ["lines", "\n "],
    ["durations", "1s1m"],
    ["placeholders", "<num>"],
  ])("%s", (_, part) => {
    const message = part.repeat(65_536 / part.length);
    // What is quadratic in 64 KiB would take minutes.
    for (let round = 0; round < 20; round++) {
      expect(shapeOf(`${message}${round}`).length).toBeLessThan(2200);
    }
  });
});
