// Prints what a message costs each engine: `node packages/query/test/regex-speed.ts`. The engines take turns, and the
// best round counts, so that other work on the machine disturbs little.
import { RE2JS } from "re2js";
import { compileRegex } from "../src/index.ts";

const words =
  "connection reset by peer player joined match lobby timed out timeout queue latency purchase failed slow crash".split(
    " ",
  );
let seed = 1;
const random = (below: number) => {
  seed = (seed * 48271) % 0x7fffffff;
  return seed % below;
};
const texts = Array.from({ length: 5000 }, () =>
  Array.from({ length: 6 + random(12) }, () =>
    random(5) === 0 ? String(random(1_000_000)) : (words[random(words.length)] ?? ""),
  ).join(" "),
);
const encoded = texts.map((text) => new TextEncoder().encode(text));
// As a parser makes strings: flat, not ropes.
const messages = encoded.map((bytes) => new TextDecoder().decode(bytes));

const nanoseconds = (test: (i: number) => boolean): number => {
  const started = performance.now();
  for (let i = 0; i < messages.length; i++) test(i);
  return ((performance.now() - started) * 1e6) / messages.length;
};

const patterns = [
  "time(d )?out",
  "(?i)TIME(D )?OUT",
  "player [0-9]+ joined",
  "(crash|failed|slow) \\d+",
  "\\d{3,5} (at|by)",
  "^connection.*peer$",
  "\\bslow\\b",
  "[a-z]+ing",
  "(a+)+$",
  "zzz[0-9]",
];

const mean = Math.round(messages.reduce((sum, text) => sum + text.length, 0) / messages.length);
console.log(`nanoseconds a message of ${mean} characters`);
console.log(`${"".padEnd(26)}own, string  own, bytes       re2js      RegExp`);
for (const pattern of patterns) {
  const own = compileRegex(pattern);
  const port = RE2JS.compile(pattern);
  const native = new RegExp(pattern.replace("(?i)", ""), pattern.startsWith("(?i)") ? "iu" : "u");
  const tests = [
    (i: number) => own.test(messages[i] ?? ""),
    (i: number) => own.testBytes(encoded[i] ?? new Uint8Array()),
    (i: number) => port.test(messages[i] ?? ""),
    (i: number) => native.test(messages[i] ?? ""),
  ];
  const best = tests.map(() => Number.POSITIVE_INFINITY);
  for (let round = 0; round < 30; round++) {
    for (const [i, test] of tests.entries()) best[i] = Math.min(best[i] ?? 0, nanoseconds(test));
  }
  console.log(pattern.padEnd(26) + best.map((ns) => ns.toFixed(0).padStart(11)).join(" "));
}
