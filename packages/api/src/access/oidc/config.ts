import { isTrustedUrl } from "./trusted-url.ts";

/**
 * The signatures that can be chosen: those with a private and a public key. HMAC is not among them, since its key
 * would be the public one, which everyone has; nor is `none`.
 */
export const tokenAlgorithms = [
  "RS256",
  "RS384",
  "RS512",
  "PS256",
  "PS384",
  "PS512",
  "ES256",
  "ES384",
  "ES512",
  "EdDSA",
] as const;

export type TokenAlgorithm = (typeof tokenAlgorithms)[number];

/** Whose tokens are taken, and what in them says what. */
export interface OidcConfig {
  readonly issuer: string;
  readonly audience: string;
  /** Where the keys are; undefined: where the issuer's discovery document says. */
  readonly jwksUrl: string | undefined;
  readonly tenantClaim: string;
  readonly scopeClaim: string;
  readonly algorithms: readonly TokenAlgorithm[];
  /** How far the clocks of issuer and server may differ, in seconds. */
  readonly clockToleranceS: number;
}

/** As in `hosts/config.ts`; both hosts have these. */
export const oidcSettings = [
  {
    name: "LOG_SERVICE_OIDC_ISSUER",
    default: "",
    description:
      "The issuer whose JWTs are taken beside API keys, as its tokens say it in `iss`; empty takes none.",
  },
  {
    name: "LOG_SERVICE_OIDC_AUDIENCE",
    default: "",
    description: "What tokens must name in `aud`. Required with an issuer.",
  },
  {
    name: "LOG_SERVICE_OIDC_JWKS_URL",
    default: "",
    description:
      "Where the issuer's keys are; empty asks its discovery document. HTTPS, or a loopback address.",
  },
  {
    name: "LOG_SERVICE_OIDC_TENANT_CLAIM",
    default: "tenant",
    description: "The claim that names the tenant.",
  },
  {
    name: "LOG_SERVICE_OIDC_SCOPE_CLAIM",
    default: "scope",
    description:
      "The claim that holds `logs:write`, `logs:read` and `logs:admin`: words with spaces between them, or a list.",
  },
  {
    name: "LOG_SERVICE_OIDC_ALGORITHMS",
    default: "RS256,ES256",
    description: `The signatures that are taken: some of ${tokenAlgorithms.join(", ")}.`,
  },
  {
    name: "LOG_SERVICE_OIDC_CLOCK_TOLERANCE_S",
    default: "30",
    description: "How far the issuer's clock and this one may differ, 0 to 300 seconds.",
  },
] as const;

type OidcSettingName = (typeof oidcSettings)[number]["name"];

/** Parses the settings; adds what is wrong to `problems`. Undefined where no issuer is set. */
export const parseOidcConfig = (
  text: (name: OidcSettingName) => string,
  problems: string[],
): OidcConfig | undefined => {
  const issuer = text("LOG_SERVICE_OIDC_ISSUER");
  if (issuer === "") return undefined;
  const refuse = (name: OidcSettingName, must: string) =>
    problems.push(`${name} is ${JSON.stringify(text(name))}; it must be ${must}`);
  const address = "an https address, or an http one of this machine";
  const jwksUrl = text("LOG_SERVICE_OIDC_JWKS_URL");
  if (!isTrustedUrl(issuer)) refuse("LOG_SERVICE_OIDC_ISSUER", address);
  if (jwksUrl !== "" && !isTrustedUrl(jwksUrl)) refuse("LOG_SERVICE_OIDC_JWKS_URL", address);
  for (const name of [
    "LOG_SERVICE_OIDC_AUDIENCE",
    "LOG_SERVICE_OIDC_TENANT_CLAIM",
    "LOG_SERVICE_OIDC_SCOPE_CLAIM",
  ] as const)
    if (text(name) === "") problems.push(`${name} is not set; with an issuer it must be`);
  const words = text("LOG_SERVICE_OIDC_ALGORITHMS").split(",");
  const algorithms = tokenAlgorithms.filter((one) => words.includes(one));
  if (algorithms.length < words.length)
    refuse("LOG_SERVICE_OIDC_ALGORITHMS", `some of ${tokenAlgorithms.join(",")}`);
  const tolerance = text("LOG_SERVICE_OIDC_CLOCK_TOLERANCE_S");
  if (!/^\d{1,3}$/.test(tolerance) || Number(tolerance) > 300)
    refuse("LOG_SERVICE_OIDC_CLOCK_TOLERANCE_S", "an integer from 0 to 300");
  return {
    issuer,
    audience: text("LOG_SERVICE_OIDC_AUDIENCE"),
    jwksUrl: jwksUrl || undefined,
    tenantClaim: text("LOG_SERVICE_OIDC_TENANT_CLAIM"),
    scopeClaim: text("LOG_SERVICE_OIDC_SCOPE_CLAIM"),
    algorithms,
    clockToleranceS: Number(tolerance),
  };
};
