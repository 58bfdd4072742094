import { expect, it } from "vitest";
import { oidcSettings, parseOidcConfig } from "./config.ts";

const parse = (settings: Readonly<Record<string, string>>) => {
  const problems: string[] = [];
  const config = parseOidcConfig(
    (name) =>
      settings[name.replace("LOG_SERVICE_OIDC_", "")] ??
      oidcSettings.find((setting) => setting.name === name)?.default ??
      "",
    problems,
  );
  return { config, problems };
};

const right = { ISSUER: "https://id.example.com", AUDIENCE: "logs" };

it("takes no tokens where no issuer is set", () => {
  expect(parse({ AUDIENCE: "logs" })).toEqual({ config: undefined, problems: [] });
});

it("needs an issuer and an audience, and has defaults for the rest", () => {
  expect(parse(right)).toEqual({
    config: {
      issuer: "https://id.example.com",
      audience: "logs",
      jwksUrl: undefined,
      tenantClaim: "tenant",
      scopeClaim: "scope",
      algorithms: ["RS256", "ES256"],
      clockToleranceS: 30,
    },
    problems: [],
  });
});

it.each([
  ["an issuer that anyone on the line can be", { ISSUER: "http://id.example.com" }],
  ["an issuer that is no address", { ISSUER: "id.example.com" }],
  ["an issuer with a password in it", { ISSUER: "https://a:b@id.example.com" }],
  ["keys without TLS", { JWKS_URL: "http://id.example.com/keys" }],
  ["keys in a file", { JWKS_URL: "file:///etc/keys" }],
  ["no audience", { AUDIENCE: "" }],
  ["no claim for the tenant", { TENANT_CLAIM: "" }],
  ["shared secrets", { ALGORITHMS: "RS256,HS256" }],
  ["no signature", { ALGORITHMS: "none" }],
  ["no algorithm", { ALGORITHMS: "" }],
  ["a tolerance of hours", { CLOCK_TOLERANCE_S: "3600" }],
  ["a tolerance that is no number", { CLOCK_TOLERANCE_S: "-1" }],
])("refuses %s", (_, change) => {
  expect(parse({ ...right, ...change }).problems).toHaveLength(1);
});

it("takes an issuer of this machine without TLS", () => {
  for (const host of ["localhost:8080", "127.0.0.1:8080", "[::1]:8080"])
    expect(parse({ ...right, ISSUER: `http://${host}` }).problems).toEqual([]);
});
