import { type Route, routes, type Scope } from "@log-service/contract";
import { type Scope as KeyScope, type KeySource, scopes } from "../access/access.ts";
import { createApiKey, type KeyRecord } from "../access/api-key.ts";

/**
 * What a key must allow, by operation: written down a second time on purpose. A route that is new here fails the
 * tests until someone has decided who may use it, and a scope that is changed by mistake fails them too.
 */
export const accessRules: Readonly<Record<string, Scope>> = {
  ingest: "ingest",
  search: "read",
  stats: "read",
  fields: "read",
  fieldValues: "read",
  get: "read",
  context: "read",
  tail: "read",
  export: "read",
  patterns: "read",
  usage: "read",
  erase: "admin",
  erasure: "admin",
  metrics: "admin",
  health: "none",
  ready: "none",
  openapi: "none",
};

/** Each scope alone tells one rule from another; nothing and everything are the borders. */
const grants: readonly (readonly KeyScope[])[] = [[], ...scopes.map((scope) => [scope]), scopes];

export const credentialKinds = ["none", "wrong", "expired", "other tenant", "right"] as const;

type CredentialKind = (typeof credentialKinds)[number];

/** What a request comes to: its code when it is kept out, else that it is let in. */
type Verdict = "let in" | "KEY_REQUIRED" | "KEY_INVALID" | "SCOPE_REQUIRED";

/** What must come of a request, by the rule of its route alone. */
export const verdictOf = (
  rule: Scope | undefined,
  grant: readonly KeyScope[],
  kind: CredentialKind,
): Verdict => {
  const byScope = grant.some((scope) => scope === rule) ? "let in" : "SCOPE_REQUIRED";
  const verdicts = {
    none: "KEY_REQUIRED",
    wrong: "KEY_INVALID",
    expired: "KEY_INVALID",
    "other tenant": byScope,
    right: byScope,
  } as const;
  return rule === "none" ? "let in" : verdicts[kind];
};

/** Tells from an answer whether it was let in. */
export const verdictIn = async (response: Response): Promise<Verdict> => {
  const isKeptOut = response.status === 401 || response.status === 403;
  // Who is kept out gets a problem with one of these codes; a test that compares fails on any other.
  return isKeptOut ? ((await response.json()) as { code: Verdict }).code : "let in";
};

interface RouteRequest {
  readonly path: string;
  readonly init: RequestInit & { readonly headers: Record<string, string> };
}

/** Queries without which a route refuses, or waits for entries. */
const queries: Readonly<Record<string, string>> = { tail: "?wait=0", erase: "?q=nobody.says.this" };

/** A request to a route that it can answer, made from the contract. `values` are of parameters of the path. */
export const requestTo = (
  route: Route,
  values: Readonly<Record<string, string>>,
  credential?: string,
): RouteRequest => {
  const path = route.path.replaceAll(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(values[name] ?? route.params?.[name]?.example ?? ""),
  );
  const example = Object.entries(route.body?.contents ?? {})[0]?.[1].examples;
  const body = Object.values(example ?? {})[0]?.value;
  return {
    path: `${path}${queries[route.operationId] ?? ""}`,
    init: {
      method: route.method,
      headers: {
        ...(credential !== undefined && { authorization: `Bearer ${credential}` }),
        ...(body !== undefined && { "content-type": "application/json" }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    },
  };
};

export const routeCases = routes.map((route) => [route.operationId, route] as const);

const ownTenant = "game-1";
const otherTenant = "game-2";

/** The keys of the matrix, one of each kind for each grant. */
export const createMatrixKeys = (now: number) => {
  const records: KeyRecord[] = [];
  const create = (tenant: string, grant: readonly KeyScope[], expiresAt?: number) => {
    const { text, record } = createApiKey({ tenant, scopes: grant, createdAt: 0, expiresAt });
    records.push(record);
    return text;
  };
  const sets = grants.map((grant) => {
    const right = create(ownTenant, grant);
    const texts: Readonly<Record<CredentialKind, string | undefined>> = {
      none: undefined,
      wrong: `${right.slice(0, -2)}${right.endsWith("AA") ? "BB" : "AA"}`,
      expired: create(ownTenant, grant, now),
      "other tenant": create(otherTenant, grant),
      right,
    };
    return { grant, texts };
  });
  const source: KeySource = {
    find: async (id) => records.find((record) => record.id === id),
    isEmpty: async () => false,
  };
  return { sets, records, source };
};
