import { LogServiceError } from "@log-service/core";
import { createLocalJWKSet, type JSONWebKeySet, type JWTVerifyGetKey } from "jose";
import { fetchJson } from "./fetch-json.ts";
import { isTrustedUrl } from "./trusted-url.ts";

/** After this time the keys are fetched again, so that one that the issuer withdrew stops working. */
const freshMs = 10 * 60_000;

/** For so long old keys are used where the issuer cannot be reached; afterwards nobody's token can be told. */
const usableMs = 60 * 60_000;

/** The least time from one fetch to the next, whatever is asked for: tokens with made-up key ids come in storms. */
export const cooldownMs = 10_000;

export interface IssuerKeysDeps {
  readonly issuer: string;
  /** Where the keys are; undefined: where the issuer's discovery document says. */
  readonly jwksUrl: string | undefined;
  readonly fetch: typeof fetch;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Is told why the keys could not be fetched. */
  readonly onFailure: (error: unknown) => void;
}

/** The public keys of an issuer. Both throw ISSUER_UNAVAILABLE. */
export interface IssuerKeys {
  get(): Promise<JWTVerifyGetKey>;
  /** Fetches them for a key id that is not among them; undefined when they have just been fetched. */
  renew(): Promise<JWTVerifyGetKey | undefined>;
}

const asObject = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {}; // as JSON has it

/** The address of the keys, by OpenID Connect Discovery 1.0, section 4. */
const discover = async ({ issuer, fetch }: IssuerKeysDeps): Promise<string> => {
  const url = `${issuer.replace(/\/$/, "")}/.well-known/openid-configuration`;
  const { issuer: named, jwks_uri: found } = asObject(await fetchJson(url, fetch));
  if (named !== issuer) throw new Error(`${url} is of another issuer`);
  if (typeof found !== "string" || !isTrustedUrl(found))
    throw new Error(`${url} names no address of keys that can be trusted`);
  return found;
};

export const createIssuerKeys = (deps: IssuerKeysDeps): IssuerKeys => {
  const { issuer, now, onFailure } = deps;
  let url = deps.jwksUrl;
  let keys: JWTVerifyGetKey | undefined;
  let fetchedAt = Number.NEGATIVE_INFINITY;
  let triedAt = Number.NEGATIVE_INFINITY;
  let hasFailed = false;
  let running: Promise<void> | undefined;

  const load = async () => {
    triedAt = now();
    try {
      url ??= await discover(deps);
      // createLocalJWKSet looks at what it is given, and refuses what is no set of keys.
      keys = createLocalJWKSet((await fetchJson(url, deps.fetch)) as JSONWebKeySet);
      fetchedAt = now();
      hasFailed = false;
    } catch (error) {
      // The next time the issuer is asked anew where they are: they may have moved.
      url = deps.jwksUrl;
      hasFailed = true;
      onFailure(error);
    } finally {
      running = undefined;
    }
  };
  /** Waits for a fetch that runs already instead of starting another. */
  const loadOnce = () => {
    running ??= load();
    return running;
  };
  const mayTry = () => running !== undefined || now() - triedAt >= cooldownMs;
  const unavailable = () =>
    new LogServiceError(
      "ISSUER_UNAVAILABLE",
      `the keys of the issuer ${issuer} cannot be fetched now`,
      { retryAfterMs: Math.max(1000, triedAt + cooldownMs - now()) },
    );
  const usable = () => (now() - fetchedAt < usableMs ? keys : undefined);

  return {
    get: async () => {
      const isOld = now() - fetchedAt >= freshMs;
      if (isOld && mayTry()) {
        const loading = loadOnce();
        // Nobody waits for newer keys while the old ones will do.
        if (usable() === undefined) await loading;
      }
      const found = usable();
      if (found === undefined) throw unavailable();
      return found;
    },
    renew: async () => {
      if (!mayTry()) {
        if (hasFailed) throw unavailable();
        return undefined;
      }
      await loadOnce();
      if (hasFailed || keys === undefined) throw unavailable();
      return keys;
    },
  };
};
