import { expect, it } from "vitest";
import type { TestIssuer } from "../../test/issuer.ts";
import { first, second, seconds, startOidc, stranger } from "../../test/oidc.ts";
import { cooldownMs } from "./issuer-keys.ts";

it("fetches the keys of a storm of unknown ids once in a while, and goes on serving", async () => {
  await using test = await startOidc();
  const { issuer, claims, tell, pass } = test;
  const good = await first.sign(claims);
  const storm = await Promise.all(
    Array.from({ length: 100 }, (_, number) => stranger.sign(claims, { kid: `made-up-${number}` })),
  );
  expect(new Set(await Promise.all(storm.map(tell)))).toEqual(new Set(["TOKEN_INVALID"]));
  // The discovery document and the keys.
  expect(issuer.asked).toHaveLength(2);
  for (const token of storm) await tell(token);
  expect(await tell(good)).toBe("game-1");
  expect(issuer.asked).toHaveLength(2);
  pass(cooldownMs);
  await Promise.all(storm.map(tell));
  expect(issuer.asked).toHaveLength(3);
});

it("takes the new keys of the issuer, and after a while its old ones no longer", async () => {
  await using test = await startOidc();
  const { issuer, claims, tell, pass } = test;
  const [old, fresh] = [await first.sign(claims), await second.sign(claims)];
  expect(await tell(old)).toBe("game-1");
  issuer.keys = [second.publicJwk];
  pass(cooldownMs);
  expect(await tell(fresh)).toBe("game-1");
  expect(await tell(old)).toBe("game-1");
  pass(60_000);
  expect(await tell(old)).toBe("TOKEN_INVALID");
});

it("fetches the keys again when they are old, without anyone waiting", async () => {
  await using test = await startOidc();
  const { issuer, claims, tell, pass } = test;
  expect(await tell(await first.sign(claims))).toBe("game-1");
  expect(issuer.asked).toHaveLength(2);
  pass(10 * 60_000);
  issuer.answer = () => undefined;
  expect(await tell(await first.sign({ ...claims, jti: "2" }))).toBe("game-1");
  await expect.poll(() => issuer.asked.length).toBe(3);
});

it("answers 503 and not 401 while the issuer cannot be reached, and asks it seldom", async () => {
  await using test = await startOidc();
  const { issuer, claims, verify, tell, pass, failures } = test;
  issuer.answer = (_, response) => response.writeHead(500).end();
  const token = await first.sign(claims);
  const refused = verify(token);
  await expect(refused).rejects.toMatchObject({
    code: "ISSUER_UNAVAILABLE",
    kind: "unavailable",
    retryAfterMs: cooldownMs,
  });
  expect(await Promise.all([tell(token), tell(token)])).toEqual(
    Array.from({ length: 2 }, () => "ISSUER_UNAVAILABLE"),
  );
  expect(issuer.asked).toHaveLength(1);
  expect(String(failures[0])).toContain("answered 500");
  issuer.answer = undefined;
  pass(cooldownMs);
  expect(await tell(token)).toBe("game-1");
});

it("uses the keys that it has for an hour while the issuer is down, and says 503 to unknown ones", async () => {
  await using test = await startOidc();
  const { issuer, claims, tell, pass } = test;
  const sign = (jti: string) => first.sign({ ...claims, exp: seconds + 90_000, jti });
  expect(await tell(await sign("1"))).toBe("game-1");
  issuer.answer = (_, response) => response.destroy();
  pass(59 * 60_000);
  expect(await tell(await sign("2"))).toBe("game-1");
  expect(await tell(await second.sign(claims))).toBe("ISSUER_UNAVAILABLE");
  pass(60_000);
  expect(await tell(await sign("3"))).toBe("ISSUER_UNAVAILABLE");
});

it("finds the keys again when the issuer has moved them", async () => {
  await using test = await startOidc();
  const { issuer, claims, tell, pass } = test;
  expect(await tell(await first.sign(claims))).toBe("game-1");
  const fresh = await second.sign(claims);
  issuer.answer = (path, response) => {
    const discovery = { issuer: issuer.url, jwks_uri: `${issuer.url}/moved` };
    const documents = new Map<string, object>([
      ["/.well-known/openid-configuration", discovery],
      ["/moved", { keys: [second.publicJwk] }],
    ]);
    const found = documents.get(path);
    response.writeHead(found ? 200 : 404).end(JSON.stringify(found));
  };
  pass(cooldownMs);
  expect(await tell(fresh)).toBe("ISSUER_UNAVAILABLE");
  pass(cooldownMs);
  expect(await tell(fresh)).toBe("game-1");
});

it.each<[string, NonNullable<TestIssuer["answer"]>]>([
  [
    "a redirect",
    (path, response) => response.writeHead(302, { location: `http://127.0.0.1:1${path}` }).end(),
  ],
  ["no JSON", (_, response) => response.end("<html>")],
  ["something else", (_, response) => response.end("[]")],
  ["another issuer's document", (_, response) => response.end('{"issuer":"https://a.example"}')],
  [
    "a document that never ends",
    (_, response) => {
      const part = Buffer.alloc(64 * 1024, " ");
      const write = () => response.write(part, () => setImmediate(write));
      write();
    },
  ],
])("believes no issuer that answers with %s", async (_, answer) => {
  await using test = await startOidc();
  const { issuer, claims, tell, failures } = test;
  issuer.answer = answer;
  expect(await tell(await first.sign(claims))).toBe("ISSUER_UNAVAILABLE");
  expect(failures).toHaveLength(1);
});

it("fetches keys over lines only that nobody else can write to", async () => {
  await using test = await startOidc();
  const { issuer, claims, tell, failures } = test;
  issuer.answer = (_, response) => {
    const jwks_uri = "http://keys.example/keys";
    response.end(JSON.stringify({ issuer: issuer.url, jwks_uri }));
  };
  expect(await tell(await first.sign(claims))).toBe("ISSUER_UNAVAILABLE");
  expect(String(failures[0])).toContain("can be trusted");
});

it("checks a token's signature once a minute", async () => {
  await using test = await startOidc();
  const { issuer, claims, tell, pass } = test;
  const token = await first.sign(claims);
  expect(await tell(token)).toBe("game-1");
  issuer.keys = [second.publicJwk];
  pass(59_999);
  expect(await tell(token)).toBe("game-1");
});
