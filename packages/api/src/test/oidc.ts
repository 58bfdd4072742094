import type { OidcConfig } from "../access/oidc/config.ts";
import { createTokenVerifier } from "../access/oidc/index.ts";
import { createIssuerKey, startIssuer } from "./issuer.ts";

const start = Date.UTC(2026, 10, 22, 9);

/** When the tests begin, as tokens say times. */
export const seconds = start / 1000;

/** Keys under two ids of one issuer, one that it publishes later, and one of nobody under the id of the first. */
export const [rsa, first, second, stranger] = await Promise.all([
  createIssuerKey("rsa", "RS256"),
  createIssuerKey("first"),
  createIssuerKey("second"),
  createIssuerKey("first"),
]);

/** An issuer on this machine, a verifier that takes its tokens, and a clock. */
export const startOidc = async (changes: Partial<OidcConfig> = {}) => {
  const issuer = await startIssuer();
  issuer.keys = [rsa.publicJwk, first.publicJwk];
  const failures: unknown[] = [];
  let now = start;
  const config: OidcConfig = {
    issuer: issuer.url,
    audience: "logs",
    jwksUrl: undefined,
    tenantClaim: "tenant",
    scopeClaim: "scope",
    algorithms: ["RS256", "ES256"],
    clockToleranceS: 30,
    ...changes,
  };
  const verifier = createTokenVerifier({
    config,
    fetch,
    now: () => now,
    onFailure: (error) => failures.push(error),
  });
  const claims = {
    iss: issuer.url,
    aud: "logs",
    sub: "agent-7",
    tenant: "game-1",
    scope: "openid logs:write logs:read",
    iat: seconds,
    exp: seconds + 3600,
  };
  return {
    issuer,
    failures,
    claims,
    verify: verifier.verify,
    /** The code that a token is refused with, or the tenant that it is let in for. */
    tell: (token: string) =>
      verifier.verify(token).then(
        ({ tenant }) => tenant,
        ({ code }) => code,
      ),
    pass: (ms: number) => {
      now += ms;
    },
    [Symbol.asyncDispose]: () => issuer[Symbol.asyncDispose](),
  };
};
