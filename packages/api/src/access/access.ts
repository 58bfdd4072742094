import { LogServiceError } from "@log-service/core";
import { type KeyRate, type KeyRecord, parseApiKey, secretMatches } from "./api-key.ts";

export const scopes = ["ingest", "read", "admin"] as const;

export type Scope = (typeof scopes)[number];

/** Who is asking, and what they may do. */
export interface Principal {
  readonly tenant: string;
  readonly scopes: readonly Scope[];
  /** What its rate is counted by: the id of the key, or the token's subject. Undefined where everyone may come in. */
  readonly id: string | undefined;
  /** What it may send; undefined for what the configuration says. */
  readonly rate?: KeyRate | undefined;
}

/** Where API keys are found, by their id. */
export interface KeySource {
  find(id: string): Promise<KeyRecord | undefined>;
  /** Whether there never was a key: an open server stays open only until the first one. */
  isEmpty(): Promise<boolean>;
}

/** Says who sent a JWT. Throws TOKEN_INVALID, and ISSUER_UNAVAILABLE when it cannot tell. */
export interface TokenVerifier {
  verify(token: string): Promise<Principal>;
}

interface AccessDeps {
  readonly keys: KeySource;
  /** Undefined where JWTs are not taken. */
  readonly tokens?: TokenVerifier | undefined;
  /** Is told of each use of a key. */
  readonly onUse?: ((id: string) => void) | undefined;
  readonly now: () => number;
  /** Whether requests without a key are let in while there are no keys: on loopback only. */
  readonly isOpenWithoutKeys: boolean;
}

export interface Access {
  /** Whether anyone may come in now. */
  isOpen(): Promise<boolean>;
  /** Says who is asking. Throws KEY_REQUIRED and KEY_INVALID, and what a `TokenVerifier` throws. */
  authenticate(headers: Headers): Promise<Principal>;
}

const everyone: Principal = { tenant: "default", scopes, id: undefined };

/** The key of a request: `Authorization: Bearer`, `x-api-key`, or the password of `Authorization: Basic`. */
const keyOf = (headers: Headers): string | undefined => {
  const plain = headers.get("x-api-key");
  if (plain !== null) return plain;
  const [scheme, credentials] = headers.get("authorization")?.split(" ", 2) ?? [];
  if (credentials === undefined) return undefined;
  switch (scheme?.toLowerCase()) {
    case "bearer":
      return credentials;
    case "basic": {
      const text = Buffer.from(credentials, "base64").toString();
      return text.slice(text.indexOf(":") + 1);
    }
    default:
      return undefined;
  }
};

const invalid = () =>
  new LogServiceError("KEY_INVALID", "the API key is unknown, expired or mistyped");

/** The three parts of a JWT; an API key has no dot. */
const looksLikeToken = (text: string): boolean => /^[^.]+\.[^.]+\.[^.]*$/.test(text);

export const createAccess = (deps: AccessDeps): Access => {
  const { keys, tokens, onUse, now } = deps;
  // Who has set an issuer wants to know who comes in.
  const mayBeOpen = deps.isOpenWithoutKeys && tokens === undefined;
  /** Where the keys cannot be read nobody comes in, and who asks with a key learns that the server failed. */
  const isOpen = async () => mayBeOpen && (await keys.isEmpty().catch(() => false));
  const byKey = async (text: string): Promise<Principal> => {
    const key = parseApiKey(text);
    if (key === undefined) throw invalid();
    const record = await keys.find(key.id);
    // The secret is compared even for an unknown id, so that the time taken does not tell which ids exist.
    const isRight = secretMatches(key.secret, record?.secretHash);
    if (record === undefined || !isRight) throw invalid();
    if (record.expiresAt !== undefined && record.expiresAt <= now()) throw invalid();
    onUse?.(record.id);
    return { tenant: record.tenant, scopes: record.scopes, id: record.id, rate: record.rate };
  };
  return {
    isOpen,
    authenticate: async (headers) => {
      const text = keyOf(headers);
      if (text !== undefined)
        return tokens !== undefined && looksLikeToken(text) ? tokens.verify(text) : byKey(text);
      if (await isOpen()) return everyone;
      throw new LogServiceError(
        "KEY_REQUIRED",
        "send an API key as Authorization: Bearer lsk_..., as x-api-key, or as the password of Basic",
      );
    },
  };
};
