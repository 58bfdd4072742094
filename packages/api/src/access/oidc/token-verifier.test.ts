import { createHmac } from "node:crypto";
import { exportSPKI, importJWK } from "jose";
import { expect, it } from "vitest";
import { createIssuerKey } from "../../test/issuer.ts";
import { first, rsa, seconds, startOidc, stranger } from "../../test/oidc.ts";

type SpkiKey = Parameters<typeof exportSPKI>[0];

const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");

it("takes a token of the issuer for its tenant and with its scopes", async () => {
  await using test = await startOidc();
  const { claims, verify } = test;
  const principal = { tenant: "game-1", scopes: ["ingest", "read"], id: "game-1 agent-7" };
  expect(await verify(await first.sign(claims))).toEqual(principal);
  expect(await verify(await rsa.sign(claims))).toEqual(principal);
});

it.each([
  ["a list", { roles: ["logs:admin", "x"] }, ["admin"]],
  ["a text", { roles: "logs:read" }, ["read"]],
  ["words that only begin like ours", { roles: "logs:readers logs:write2" }, []],
  ["a number", { roles: 7 }, []],
  ["nothing", {}, []],
])("reads scopes from another claim that holds %s", async (_, claim, scopes) => {
  await using test = await startOidc({ scopeClaim: "roles" });
  const { claims, verify } = test;
  expect(await verify(await first.sign({ ...claims, ...claim }))).toMatchObject({ scopes });
});

it.each([
  ["missing", { tenant: undefined }],
  ["no name", { tenant: "a#b" }],
  ["a list", { tenant: ["game-1"] }],
  ["empty", { tenant: "" }],
])("refuses a token whose tenant is %s", async (_, claim) => {
  await using test = await startOidc();
  const { claims, tell } = test;
  expect(await tell(await first.sign({ ...claims, ...claim }))).toBe("TOKEN_INVALID");
});

it.each([
  ["another issuer", { iss: "https://evil.example" }, /another issuer/],
  ["no issuer", { iss: undefined }, /another issuer/],
  ["another audience", { aud: "billing" }, /not meant for this service/],
  ["several audiences without this one", { aud: ["a", "b"] }, /not meant for this service/],
  ["no audience", { aud: undefined }, /not meant for this service/],
  ["a time that is over", { exp: seconds - 31 }, /expired/],
  ["no end", { exp: undefined }, /no time at which it ends/],
  ["an end that is no number", { exp: "tomorrow" }, /./],
  ["a time that is not yet", { nbf: seconds + 31 }, /not valid yet/],
])("refuses a token with %s", async (_, claim, says) => {
  await using test = await startOidc();
  const { claims, verify } = test;
  const refused = verify(await first.sign({ ...claims, ...claim }));
  await expect(refused).rejects.toMatchObject({ code: "TOKEN_INVALID" });
  await expect(refused).rejects.toThrow(says);
});

it("takes a token within the tolerance of the clocks, and no longer", async () => {
  await using test = await startOidc();
  const { claims, tell, pass } = test;
  const early = await first.sign({ ...claims, nbf: seconds + 29 });
  expect(await tell(early)).toBe("game-1");
  const short = await first.sign({ ...claims, exp: seconds + 10 });
  expect(await tell(short)).toBe("game-1");
  pass(39_999);
  expect(await tell(short)).toBe("game-1");
  pass(1);
  expect(await tell(short)).toBe("TOKEN_INVALID");
});

it("refuses every classic forgery", async () => {
  await using test = await startOidc();
  const { claims, tell } = test;
  const good = await first.sign(claims);
  const [header = "", payload = "", signature = ""] = good.split(".");
  const spki = await exportSPKI((await importJWK(rsa.publicJwk, "RS256")) as SpkiKey); // no symmetric one
  const hmac = (secret: string, kid?: string) => {
    const head = encode({ alg: "HS256", typ: "JWT", ...(kid && { kid }) });
    const text = `${head}.${encode(claims)}`;
    return `${text}.${createHmac("sha256", secret).update(text).digest("base64url")}`;
  };
  const forgeries = {
    "alg none": `${encode({ alg: "none" })}.${payload}.`,
    "alg None with a signature": `${encode({ alg: "None", kid: "first" })}.${payload}.${signature}`,
    "no signature": `${header}.${payload}.`,
    "another payload": `${header}.${encode({ ...claims, tenant: "game-2" })}.${signature}`,
    "another header": `${encode({ alg: "ES256", kid: "rsa" })}.${payload}.${signature}`,
    "HMAC with the public key": hmac(spki),
    "HMAC with the public key and its id": hmac(spki, "rsa"),
    "HMAC with the key as it is published": hmac(JSON.stringify(rsa.publicJwk), "rsa"),
    "HMAC with an empty key": hmac(""),
    "a stranger's key under a known id": await stranger.sign(claims),
    "a stranger's key in the header": await stranger.sign(claims, { jwk: stranger.publicJwk }),
    "a stranger's address of keys": await stranger.sign(claims, { jku: "http://127.0.0.1:9/" }),
    "a key id that is a path": await stranger.sign(claims, { kid: "../../dev/null" }),
    "an algorithm that is not allowed": await createIssuerKey("rsa", "RS512").then((key) =>
      key.sign(claims),
    ),
    "no JSON": `${header}.${Buffer.from("hello").toString("base64url")}.${signature}`,
    "no base64": `${header}.$$$.${signature}`,
    "a very long one": `${header}.${"A".repeat(1_000_000)}.${signature}`,
    "nothing between the dots": "a..b",
  };
  const told = Object.entries(forgeries).map(async ([name, token]) => [name, await tell(token)]);
  expect(await Promise.all(told)).toEqual(
    Object.keys(forgeries).map((name) => [name, "TOKEN_INVALID"]),
  );
  expect(await tell(good)).toBe("game-1");
});

it("does not take a shared secret that an issuer publishes among its keys", async () => {
  await using test = await startOidc();
  const { issuer, claims, tell } = test;
  const k = Buffer.from("secret").toString("base64url");
  issuer.keys = [{ kty: "oct", k, kid: "shared", alg: "HS256" }];
  const text = `${encode({ alg: "HS256", kid: "shared" })}.${encode(claims)}`;
  const signature = createHmac("sha256", "secret").update(text).digest("base64url");
  expect(await tell(`${text}.${signature}`)).toBe("TOKEN_INVALID");
});
