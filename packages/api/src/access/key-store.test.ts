import { expect, it } from "vitest";
import { createAccess } from "./access.ts";
import { createApiKey, type KeyRecord } from "./api-key.ts";
import { type KeyStore, rotateKey } from "./key-store.ts";

const day = 86_400_000;

const createMemory = (...records: readonly KeyRecord[]) => {
  const keys = new Map(records.map((record) => [record.id, record]));
  const store: KeyStore = {
    list: async () => [...keys.values()],
    add: async (record) => void keys.set(record.id, record),
    endAt: async (id, expiresAt) => {
      const key = keys.get(id);
      keys.set(id, { ...(key as KeyRecord), expiresAt }); // the test asks for keys that are there
      return key !== undefined;
    },
    remove: async (id) => keys.delete(id),
  };
  let now = 0;
  const access = createAccess({
    keys: { find: async (id) => keys.get(id), isEmpty: async () => false },
    now: () => now,
    isOpenWithoutKeys: false,
  });
  const uses = async (text: string, at: number) => {
    now = at;
    const headers = new Headers({ "x-api-key": text });
    return access.authenticate(headers).then(
      ({ tenant, scopes, rate }) => ({ tenant, scopes, rate }),
      ({ code }) => code,
    );
  };
  return { store, keys, uses };
};

const grant = { tenant: "game-1", scopes: ["ingest", "read"] as const, createdAt: 0 };

it("lets both keys work for a while, and then the new one alone", async () => {
  const rate = { requestsPerSecond: 7 };
  const old = createApiKey({ ...grant, rate });
  const { store, uses } = createMemory(old.record);
  const rotated = await rotateKey(store, old.record.id, { now: 5 * day, overlapMs: day });
  const allowed = { tenant: "game-1", scopes: ["ingest", "read"], rate };
  expect(rotated?.oldEndsAt).toBe(6 * day);
  expect(await uses(old.text, 6 * day - 1)).toEqual(allowed);
  expect(await uses(rotated?.text ?? "", 6 * day - 1)).toEqual(allowed);
  expect(await uses(old.text, 6 * day)).toBe("KEY_INVALID");
  expect(await uses(rotated?.text ?? "", 600 * day)).toEqual(allowed);
});

it("gives the new key the same time to live, and the old one no more than it had", async () => {
  const old = createApiKey({ ...grant, expiresAt: 10 * day });
  const { store, keys } = createMemory(old.record);
  const rotated = await rotateKey(store, old.record.id, { now: 9 * day, overlapMs: 5 * day });
  expect(rotated?.record.expiresAt).toBe(19 * day);
  expect(rotated?.oldEndsAt).toBe(10 * day);
  expect(keys.get(old.record.id)?.expiresAt).toBe(10 * day);
});

it("ends the old key at once when there is no overlap", async () => {
  const old = createApiKey(grant);
  const { store, uses } = createMemory(old.record);
  await rotateKey(store, old.record.id, { now: day, overlapMs: 0 });
  expect(await uses(old.text, day)).toBe("KEY_INVALID");
});

it("makes nothing for a key that there is not", async () => {
  const { store, keys } = createMemory();
  expect(await rotateKey(store, "000000000000", { now: 0, overlapMs: 0 })).toBeUndefined();
  expect(keys.size).toBe(0);
});
