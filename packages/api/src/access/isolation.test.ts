import { routes } from "@log-service/contract";
import type { ChunkStore } from "@log-service/core";
import { createMemoryStore } from "@log-service/stores/memory";
import fc from "fast-check";
import { expect, it } from "vitest";
import { createTestApp, noKeys } from "../test/test-app.ts";
import { createApiKey } from "./api-key.ts";

// What one tenant does must change nothing that another can observe. So the same requests are made in two worlds, one with
// the other tenant's entries and one without: each answer, and each call of the store behind it, must be the same in both.

const tenants = ["game-1", "game-2"] as const;

type Tenant = (typeof tenants)[number];

const keys = tenants.map((tenant) =>
  createApiKey({ tenant, scopes: ["ingest", "read"], createdAt: 0 }),
);

const source = {
  ...noKeys,
  find: async (id: string) => keys.find(({ record }) => record.id === id)?.record,
  isEmpty: async () => false,
};

/** Writes down what is asked of a store. */
const withTrace = (store: ChunkStore, trace: string[]): ChunkStore => ({
  ...store,
  scan: (request, options) => {
    trace.push(`scan ${JSON.stringify(request)}`);
    return store.scan(request, options);
  },
  get: (tenant, logId, options) => {
    trace.push(`get ${tenant} ${logId}`);
    return store.get(tenant, logId, options);
  },
  reserve: (reservation, options) => {
    trace.push(`reserve ${reservation.tenant} ${reservation.key}`);
    return store.reserve(reservation, options);
  },
});

const createWorld = () => {
  const trace: string[] = [];
  const seeds: Record<string, number> = {};
  let sender: Tenant = "game-1";
  const nextSeed = () => {
    const drawn = (seeds[sender] ?? 0) + 1;
    seeds[sender] = drawn;
    return { high: drawn, low: drawn * 7919 };
  };
  const { app } = createTestApp({
    store: withTrace(createMemoryStore(), trace),
    keys: source,
    isOpenWithoutKeys: false,
    nextSeed,
  });
  const ask = async (tenant: Tenant, path: string, init: RequestInit = {}) => {
    sender = tenant;
    trace.length = 0;
    const headers = new Headers(init.headers);
    headers.set("x-api-key", keys[tenants.indexOf(tenant)]?.text ?? "");
    headers.set("x-request-id", "same");
    const response = await app.fetch(new Request(`http://localhost${path}`, { ...init, headers }));
    const { status } = response;
    const text = (await response.text()).replaceAll(tailCursor, "a place in the tail");
    return { status, headers: [...response.headers], text, trace: [...trace] };
  };
  const send = (tenant: Tenant, entries: readonly object[], key?: string) =>
    ask(tenant, "/logs", {
      method: "POST",
      headers: { "content-type": "application/json", ...(key && { "idempotency-key": key }) },
      body: JSON.stringify(entries),
    });
  return { ask, send };
};

/** Enciphered with random bytes, and so another one each time; `arrival-position.test.ts` holds that it tells nothing. */
const tailCursor = /1~[\w-]{12}~[\w-]{12}~[\w-]{8}\.[\w-]{22}/g;

type World = ReturnType<typeof createWorld>;

const word = fc.constantFrom("alpha", "beta", "gamma", "player-7");

/** Few words, so that the tenants' entries are alike: what one sees of the other must not be told by chance. */
const entry = fc.record(
  {
    severity: fc.constantFrom("info", "warning", "error"),
    message: fc.array(word, { minLength: 1, maxLength: 3 }).map((words) => words.join(" ")),
    service: word,
    timestamp: fc.integer({ min: 1, max: 120_000 }).map((ago) => Date.UTC(2026, 10, 22, 9) - ago),
    attributes: fc.dictionary(word, fc.oneof(word, fc.integer())),
  },
  { requiredKeys: ["severity", "message"] },
);

const batch = fc.record({
  tenant: fc.constantFrom(...tenants),
  entries: fc.array(entry, { minLength: 1, maxLength: 5 }),
  key: fc.option(fc.constantFrom("k-1", "k-2"), { nil: undefined }),
});

/** A way to make a request: which route, and which of the ids, names and cursors that are known goes into it. */
const probe = fc.record({
  route: fc.constantFrom(...routes.filter(({ scope }) => scope === "read" || scope === "none")),
  id: fc.nat(),
  cursor: fc.nat(),
  search: fc.constantFrom("", "q=alpha", "limit=1", "q=player-7:*", "severity=error", "by=service"),
  name: word,
});

/**
 * What the second tenant has got hold of, by whatever way: ids and cursors of both. Its own places in the tail are left out:
 * they are enciphered, and lead nowhere in another world.
 */
const lootOf = async ({ ask }: World): Promise<{ ids: string[]; cursors: string[] }> => {
  const ids = ["01a2027b-d6fb-7c01-9f00-6b1e5a000002", "nonsense"];
  const cursors = ["nonsense"];
  for (const [tenant, path] of [
    ["game-1", "/logs?limit=1"],
    ["game-2", "/logs?limit=1"],
    ["game-1", "/logs?limit=1&q=alpha"],
    ["game-2", "/logs?limit=1&q=alpha"],
    ["game-1", "/logs/tail"],
  ] as const) {
    const { text } = await ask(tenant, path);
    const { logs = [], nextCursor } = JSON.parse(text);
    ids.push(...logs.map(({ logId }: { logId: string }) => logId));
    cursors.push(...[nextCursor].filter((one) => typeof one === "string"));
  }
  return { ids, cursors };
};

const pathOf = (
  { route, id, cursor, search, name }: typeof probe extends fc.Arbitrary<infer P> ? P : never,
  { ids, cursors }: { ids: string[]; cursors: string[] },
): string => {
  const logId = ids[id % ids.length] ?? "";
  const path = route.path.replace("{logId}", logId).replace("{name}", name);
  const known = Object.keys(route.query ?? {});
  const asked = [search, `cursor=${encodeURIComponent(cursors[cursor % cursors.length] ?? "")}`];
  const [own = "", ...more] = asked.filter((one) => known.includes(one.split("=")[0] ?? ""));
  const query = [own, ...more.filter(() => cursor % 2 === 0)].filter((one) => one !== "");
  return query.length > 0 ? `${path}?${query.join("&")}` : path;
};

it("what one tenant stores changes no answer to another", () =>
  fc.assert(
    fc.asyncProperty(
      fc.array(batch, { minLength: 1, maxLength: 6 }),
      fc.array(probe, { minLength: 1, maxLength: 12 }),
      async (batches, probes) => {
        const [full, alone] = [createWorld(), createWorld()];
        for (const { tenant, entries, key } of batches) await full.send(tenant, entries, key);
        for (const { tenant, entries, key } of batches.filter((one) => one.tenant === "game-2"))
          await alone.send(tenant, entries, key);
        const loot = await lootOf(full);
        await lootOf(alone);
        for (const one of probes) {
          const path = pathOf(one, loot);
          const seen = await full.ask("game-2", path);
          const expected = await alone.ask("game-2", path);
          expect({ path, ...seen }).toEqual({ path, ...expected });
        }
      },
    ),
    { numRuns: 60 },
  ));

it("a tenant's key for a repeat is its own", async () => {
  const { send } = createWorld();
  const one = [{ severity: "info", message: "one", timestamp: Date.UTC(2026, 10, 22, 9) }];
  const other = [{ severity: "info", message: "other", timestamp: Date.UTC(2026, 10, 22, 9) }];
  expect((await send("game-1", one, "k")).status).toBe(201);
  expect((await send("game-2", other, "k")).status).toBe(201);
  expect((await send("game-1", other, "k")).status).toBe(422);
});
