import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type ParseContext, parseBatch } from "../entry/index.ts";
import { parseRedaction, type RedactionRules } from "./index.ts";

const hashKey = "0123456789abcdef";

const rulesOf = (text: string): RedactionRules => {
  const { rules, problems } = parseRedaction(text, hashKey);
  expect(problems).toEqual([]);
  return rules as RedactionRules; // the tests give some
};

const contextOf = (text: string): ParseContext => ({
  now: 1000,
  oldest: 0,
  requireTimestamp: false,
  redaction: rulesOf(text),
});

const parse = (entry: object, rules: string) =>
  parseBatch(new TextEncoder().encode(JSON.stringify(entry)), "json", contextOf(rules));

const messageOf = (message: string, rules: string) =>
  parse({ severity: "info", message }, rules).entries[0]?.message;

const all = "token=mask,email=mask,card=mask,ip=mask";

describe("patterns", () => {
  it.each([
    ["mail from alice@example.com.", "mail from [email]."],
    ["<alice+tag@mail.example.co.uk>,bob@example.com", "<[email]>,[email]"],
    ["josé@exämple.de", "[email]"],
    ["GET /?email=bob%40example.com&x=1", "GET /?email=[email]&x=1"],
    ["mailto:bob@example.com", "mailto:[email]"],
    ["git@github.com:studio/game.git", "[email]:studio/game.git"],
    ["user@host said hello", "user@host said hello"],
    ["@mention and a @ b", "@mention and a @ b"],
    ["from 10.0.0.7:3000", "from [ip]:3000"],
    ["peer=203.0.113.9, 203.0.113.10", "peer=[ip], [ip]"],
    ["256.1.1.1 and 1.2.3 and 1.2.3.4.5", "256.1.1.1 and 1.2.3 and 1.2.3.4.5"],
    ["from 2001:db8::7 and fe80::1ff:fe23:4567:890a", "from [ip] and [ip]"],
    ["[::1]:3000 and ::ffff:10.0.0.7", "[[ip]]:3000 and [ip]"],
    [
      "at 12:34:56, std::vector, a::b, 00:1b:44:11:3a:b7",
      "at 12:34:56, std::vector, a::b, 00:1b:44:11:3a:b7",
    ],
    ["card 4111 1111 1111 1111 exp", "card [card] exp"],
    ["12 4111111111111111 34", "12 [card] 34"],
    ["4111-1111-1111-1111, 3782 822463 10005", "[card], [card]"],
    ["4111111111111112", "4111111111111112"],
    [
      "steam 76561197960287930, 0.4111111111111111, a4111111111111111",
      "steam 76561197960287930, 0.4111111111111111, a4111111111111111",
    ],
    ["41111111111111111111111", "41111111111111111111111"],
    ["Authorization: Bearer abc123def456", "Authorization: Bearer [token]"],
    ["authorization: basic dXNlcjpwYXNzd29yZA==", "authorization: basic [token]"],
    [
      "the bearer certificate, basic authentication",
      "the bearer certificate, basic authentication",
    ],
    [`key lsk_120fb0288807_${"Q".repeat(43)}!`, "key [token]!"],
    ["eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl.", "[token]."],
  ])("in %j", (message, redacted) => {
    expect(messageOf(message, all)).toBe(redacted);
  });

  it("are looked for only when there is a rule", () => {
    const message = "alice@example.com 10.0.0.7";
    expect(messageOf(message, "ip=mask")).toBe("alice@example.com [ip]");
  });

  it("take time in proportion to the text, whatever it holds", () => {
    const parts = [
      "a",
      "@",
      "a@",
      "@a.",
      "a.",
      "1",
      "1.",
      "1 ",
      ":",
      "a:",
      "1-",
      "eyJ",
      "-eyJ",
      "eyJaaaaa.",
      "bearer ",
      "%40",
      "lsk_",
      "4111 ",
      "Bearer\t",
      "ä",
      "::",
      "=",
      ".1",
    ];
    // Each text alone would take seconds if any expression tried it from every place.
    for (const part of parts) {
      const message = part.repeat(65_000 / new TextEncoder().encode(part).length);
      for (const end of ["", "@", ".", "!"]) expect(messageOf(message + end, all)).toBeDefined();
    }
  });
});

describe("actions", () => {
  it("drop, mask or hash what was found, the same value to the same code", () => {
    const message = "alice@example.com wrote to alice@example.com and bob@example.com";
    expect(messageOf(message, "email=drop")).toBe(" wrote to  and ");
    const hashed = messageOf(message, "email=hash") ?? "";
    const [alice, again, bob] = hashed.match(/hash:[0-9a-f]{16}/g) ?? [];
    expect(alice).toBe(again);
    expect(alice).not.toBe(bob);
    // printf %s alice@example.com | openssl dgst -sha256 -hmac 0123456789abcdef
    expect(alice).toBe("hash:f3d6ddc7dbf9be2e");
  });

  it("leave something of a message that is nothing else", () => {
    expect(messageOf("alice@example.com", "email=drop")).toBe("[redacted]");
  });

  it("keep to the limits, though a code is longer than what it replaces", () => {
    const message = "1.1.1.1 ".repeat(8000);
    const text = messageOf(message, "ip=hash") ?? "";
    expect(new TextEncoder().encode(text).length).toBeLessThanOrEqual(65_536);
  });
});

describe("attributes", () => {
  const entry = {
    severity: "info",
    message: "hello",
    service: "alice@example.com",
    level: "10.0.0.7",
    traceId: "bob@example.com",
    spanId: "10.0.0.8",
    password: "secret",
    player_id: 76561197960287930n.toString(),
    user: { Password: "secret2", email: "alice@example.com", age: 7, ok: true },
    card: 4111111111111111,
    list: ["alice@example.com"],
  };
  const attributesOf = (rules: string) => {
    const [found] = parse(entry, rules).entries;
    return Object.fromEntries(
      (found?.attributeNames ?? []).map((name, index) => [name, found?.attributeValues[index]]),
    );
  };

  it("are dropped, masked and hashed by name, also as a part of a larger value", () => {
    const found = attributesOf(
      "attributes.PASSWORD=drop,attributes.age=mask,attributes.player_id=hash",
    );
    expect(Object.keys(found)).toEqual([
      "player_id",
      "user.email",
      "user.age",
      "user.ok",
      "card",
      "list",
    ]);
    expect(found["user.age"]).toBe("[masked]");
    expect(found.player_id).toMatch(/^hash:[0-9a-f]{16}$/);
    expect(found["user.email"]).toBe("alice@example.com");
  });

  it("and every other text are searched for patterns, numbers too", () => {
    const found = attributesOf(all);
    expect(found).toMatchObject({ "user.email": "[email]", card: "[card]", list: '["[email]"]' });
    expect(found["user.age"]).toBe(7);
    const [own] = parse(entry, all).entries;
    expect(own).toMatchObject({
      service: "[email]",
      level: "[ip]",
      traceId: "[email]",
      spanId: "[ip]",
    });
  });

  it("have rules of their own name only, also where the rules came from another thread", () => {
    const redaction = structuredClone(rulesOf("attributes.age=mask"));
    const body = `{"severity":"info","message":"m","constructor":"a","__proto__":"b"}`;
    const { entries } = parseBatch(new TextEncoder().encode(body), "json", {
      ...contextOf("attributes.age=mask"),
      redaction,
    });
    expect(entries[0]).toMatchObject({
      attributeNames: ["constructor", "__proto__"],
      attributeValues: ["a", "b"],
    });
  });

  it("have no name that is a secret, and none twice", () => {
    const secrets = {
      severity: "info",
      message: "m",
      "a@b.example": 1,
      "c@d.example": 2,
      "[email]": 3,
    };
    const [found] = parse(secrets, "email=mask").entries;
    expect(found?.attributeNames).toEqual(["[email]"]);
    expect(found?.attributeValues).toEqual([3]);
  });
});

describe("refusals", () => {
  it.each([
    [{ severity: "alice@example.com", message: "m" }],
    [{ severity: "info", message: "m", service: ["alice@example.com"] }],
    [{ severity: "info", message: "m", service: 4111111111111111 }],
    [{ severity: "info", message: "m", level: 4111111111111111, timestamp: "alice@example.com" }],
    [{ severity: `${"x".repeat(35)}alice@example.com`, message: "m" }],
    [
      {
        severity: "info",
        message: "m",
        attributes: { [`alice@example.com${"x".repeat(200)}`]: 1 },
      },
    ],
    [{ severity: "info", message: "m", "alice@example.com": "x".repeat(20_000) }],
  ])("repeat nothing that would have been taken out: %j", (entry) => {
    const { rejected } = parse([entry], all);
    expect(rejected).toHaveLength(1);
    expect(JSON.stringify(rejected)).not.toMatch(/alice|4111/);
  });

  it.each(['{"severity": alice@example.com}', "[alice@example.com", '{"m":"alice@example.com'])(
    "of a whole body repeat nothing of it: %s",
    (body) => {
      const read = () => parseBatch(new TextEncoder().encode(body), "json", contextOf(all));
      expect(read).toThrow(/not JSON/);
      expect(read).not.toThrow(/alice|example/);
    },
  );
});

it("finds no pattern in what is left, whatever was around it", () => {
  const around = fc.string({ unit: fc.constantFrom(" ", ",", "=", "a", "/", '"', "é", "(", "\n") });
  const secret = fc.constantFrom("zoe@example.com", "203.0.113.77", "4012888888881881");
  return fc.assert(
    fc.property(fc.array(fc.tuple(around, secret), { minLength: 1 }), (parts) => {
      const message = parts.map(([before, one]) => `${before} ${one} `).join("");
      expect(messageOf(message, all)).not.toMatch(/zoe|203\.0|4012888/);
    }),
    { numRuns: 200 },
  );
});

it.each([
  ["email", "email"],
  ["email=remove", "email=remove"],
  ["phone=mask", "phone=mask"],
  ["attributes.=drop", "attributes."],
  ["email=mask,=drop", "=drop"],
])("refuses the rule %j", (text, named) => {
  expect(parseRedaction(text, hashKey).problems.join()).toContain(named);
});

it("asks for a key where something is hashed, and has no rules where there are none", () => {
  expect(parseRedaction("email=hash", "short").problems).toHaveLength(1);
  expect(parseRedaction("email=mask", "").problems).toEqual([]);
  expect(parseRedaction("", "")).toEqual({ rules: undefined, problems: [] });
});
