import { isLogServiceError, LogServiceError } from "@log-service/core";
import { type JWTPayload, jwtVerify } from "jose";
import type { Principal, Scope, TokenVerifier } from "../access.ts";
import { isTenant } from "../api-key.ts";
import type { OidcConfig } from "./config.ts";
import { createIssuerKeys } from "./issuer-keys.ts";

/** What the words of a token allow. */
const scopeOfWord: ReadonlyMap<string, Scope> = new Map([
  ["logs:write", "ingest"],
  ["logs:read", "read"],
  ["logs:admin", "admin"],
]);

/** Checking a signature costs more than everything else of a small request: a token is believed so long. */
const believedMs = 60_000;

const believedMax = 1000;

/** More than any token that fits the headers of usual servers. */
const tokenLengthMax = 16_384;

interface TokenVerifierDeps {
  readonly config: OidcConfig;
  readonly fetch: typeof fetch;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Is told why the issuer's keys could not be fetched. */
  readonly onFailure: (error: unknown) => void;
}

const invalid = (message: string, cause?: unknown) =>
  new LogServiceError("TOKEN_INVALID", message, { cause });

const messageOfClaim: Readonly<Record<string, string>> = {
  iss: "the token is of another issuer",
  aud: "the token is not meant for this service",
  nbf: "the token is not valid yet",
  exp: "the token has no time at which it ends",
};

const textOf = (error: object, name: string): string => {
  const value = (error as Record<string, unknown>)[name]; // any error may have more on it
  return typeof value === "string" ? value : "";
};

/** What the sender learns of a token that jose refused: which rule it broke, and nothing that is in the token. */
const refusalOf = (cause: unknown, { algorithms }: OidcConfig): LogServiceError => {
  const error = cause instanceof Error ? cause : new Error();
  switch (textOf(error, "code")) {
    case "ERR_JWT_EXPIRED":
      return invalid("the token has expired", cause);
    case "ERR_JOSE_ALG_NOT_ALLOWED":
      return invalid(`the token's signature must be ${algorithms.join(" or ")}`, cause);
    case "ERR_JWT_CLAIM_VALIDATION_FAILED": {
      const claim = textOf(error, "claim");
      return invalid(messageOfClaim[claim] ?? "the token has a claim that is wrong", cause);
    }
    default:
      return invalid("the token is mistyped, or not signed with a key of its issuer", cause);
  }
};

/** The words of a claim: a text with spaces as in `scope` (RFC 8693), or a list as in `scp` and `roles`. */
const wordsOf = (claim: unknown): readonly unknown[] => {
  if (typeof claim === "string") return claim.split(" ");
  return Array.isArray(claim) ? claim : [];
};

const principalOf = (payload: JWTPayload, config: OidcConfig): Principal => {
  const tenant = payload[config.tenantClaim];
  if (typeof tenant !== "string" || !isTenant(tenant))
    throw invalid(`the token's claim ${config.tenantClaim} does not name a tenant`);
  const words = wordsOf(payload[config.scopeClaim]);
  const scopes = [...scopeOfWord]
    .filter(([word]) => words.includes(word))
    .map(([, scope]) => scope);
  return { tenant, scopes, id: `${tenant} ${payload.sub ?? ""}` };
};

interface Believed {
  readonly principal: Principal;
  /** Milliseconds since 1970. */
  readonly until: number;
}

const isUnknownKey = (error: unknown): boolean =>
  error instanceof Error && textOf(error, "code") === "ERR_JWKS_NO_MATCHING_KEY";

/** Takes the tokens of one issuer. A new key of it is fetched when the first token names it. */
export const createTokenVerifier = (deps: TokenVerifierDeps): TokenVerifier => {
  const { config, now } = deps;
  const keys = createIssuerKeys({ ...config, ...deps });
  const believed = new Map<string, Believed>();
  const check = async (token: string): Promise<JWTPayload> => {
    const options = {
      issuer: config.issuer,
      audience: config.audience,
      algorithms: [...config.algorithms],
      clockTolerance: config.clockToleranceS,
      currentDate: new Date(now()),
      requiredClaims: ["exp"],
    };
    try {
      return (await jwtVerify(token, await keys.get(), options)).payload;
    } catch (error) {
      const renewed = isUnknownKey(error) ? await keys.renew() : undefined;
      if (renewed === undefined) throw error;
      return (await jwtVerify(token, renewed, options)).payload;
    }
  };
  const remember = (token: string, principal: Principal, payload: JWTPayload) => {
    const end = ((payload.exp ?? 0) + config.clockToleranceS) * 1000;
    believed.set(token, { principal, until: Math.min(end, now() + believedMs) });
    const [oldest] = believed.keys();
    if (believed.size > believedMax && oldest !== undefined) believed.delete(oldest);
  };
  return {
    verify: async (token) => {
      const known = believed.get(token);
      if (known !== undefined && now() < known.until) return known.principal;
      believed.delete(token);
      if (token.length > tokenLengthMax) throw invalid("the token is too long");
      let payload: JWTPayload;
      try {
        payload = await check(token);
      } catch (error) {
        throw isLogServiceError(error) ? error : refusalOf(error, config);
      }
      const principal = principalOf(payload, config);
      remember(token, principal, payload);
      return principal;
    },
  };
};
