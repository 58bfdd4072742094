import { LogServiceError } from "@log-service/core";
import { type KeyRecord, parseApiKey, secretMatches } from "./api-key.ts";

export const scopes = ["ingest", "read", "admin"] as const;

export type Scope = (typeof scopes)[number];

/** Who is asking, and what they may do. */
export interface Principal {
  readonly tenant: string;
  readonly scopes: readonly Scope[];
}

/** Where API keys are found, by their id. */
export interface KeySource {
  find(id: string): Promise<KeyRecord | undefined>;
  /** Whether there is no key at all: an open server stays open only until the first one. */
  isEmpty(): Promise<boolean>;
}

interface AccessDeps {
  readonly keys: KeySource;
  readonly now: () => number;
  /** Whether requests without a key are let in while there are no keys: on loopback only. */
  readonly isOpenWithoutKeys: boolean;
}

export interface Access {
  /** Whether anyone may come in now. */
  isOpen(): Promise<boolean>;
  /** Says who is asking. Throws KEY_REQUIRED and KEY_INVALID. */
  authenticate(headers: Headers): Promise<Principal>;
}

const everyone: Principal = { tenant: "default", scopes };

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

export const createAccess = ({ keys, now, isOpenWithoutKeys }: AccessDeps): Access => {
  /** Where the keys cannot be read nobody comes in, and who asks with a key learns that the server failed. */
  const isOpen = async () => isOpenWithoutKeys && (await keys.isEmpty().catch(() => false));
  return {
    isOpen,
    authenticate: async (headers) => {
      const text = keyOf(headers);
      if (text === undefined) {
        if (await isOpen()) return everyone;
        throw new LogServiceError(
          "KEY_REQUIRED",
          "send an API key as Authorization: Bearer lsk_..., as x-api-key, or as the password of Basic",
        );
      }
      const key = parseApiKey(text);
      if (key === undefined) throw invalid();
      const record = await keys.find(key.id);
      // The secret is compared even for an unknown id, so that the time taken does not tell which ids exist.
      const isRight = secretMatches(key.secret, record?.secretHash);
      if (record === undefined || !isRight) throw invalid();
      if (record.expiresAt !== undefined && record.expiresAt <= now()) throw invalid();
      return { tenant: record.tenant, scopes: record.scopes };
    },
  };
};
