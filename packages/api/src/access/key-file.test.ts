import { mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { createApiKey, type KeyRecord } from "./api-key.ts";
import { openKeyFile } from "./key-file.ts";

const openTest = async () => {
  const folder = await mkdtemp(join(tmpdir(), "log-service-keys-"));
  const path = join(folder, "keys.json");
  let now = Date.now();
  const open = () => openKeyFile(path, () => now);
  return {
    folder,
    path,
    open,
    file: open(),
    pass: (ms: number) => {
      now += ms;
    },
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true }),
  };
};

const makeKey = (changes: Partial<KeyRecord> = {}): KeyRecord => ({
  ...createApiKey({ tenant: "game-1", scopes: ["read"], createdAt: 1000 }).record,
  ...changes,
});

it("keeps keys for its owner only, with what each may do", async () => {
  await using test = await openTest();
  const key = makeKey({ rate: { requestsPerSecond: 5 }, expiresAt: 9e12 });
  await test.file.add(key);
  expect(await test.open().find(key.id)).toEqual(key);
  expect((await stat(test.path)).mode & 0o777).toBe(0o600);
  expect(await readdir(test.folder)).toEqual(["keys.json"]);
});

it("loses no key when commands run at the same time", async () => {
  await using test = await openTest();
  const keys = Array.from({ length: 20 }, () => makeKey());
  await Promise.all(keys.map((key) => test.open().add(key)));
  const ids = (await test.file.list()).map(({ id }) => id);
  expect(ids.toSorted()).toEqual(keys.map(({ id }) => id).toSorted());
});

it("goes on after a command that crashed in the middle", async () => {
  await using test = await openTest();
  await writeFile(`${test.path}.new`, '{"keys":[');
  await utimes(`${test.path}.new`, new Date(0), new Date(0));
  await test.file.add(makeKey());
  expect(await test.file.list()).toHaveLength(1);
});

it("knows of a change made elsewhere a second later", async () => {
  await using test = await openTest();
  const key = makeKey();
  expect(await test.file.find(key.id)).toBeUndefined();
  await test.open().add(key);
  expect(await test.file.find(key.id)).toBeUndefined();
  test.pass(1000);
  expect(await test.file.find(key.id)).toEqual(key);
  expect(await test.open().remove(key.id)).toBe(true);
  test.pass(1000);
  expect(await test.file.find(key.id)).toBeUndefined();
});

it("is not empty again when its last key was revoked", async () => {
  await using test = await openTest();
  const key = makeKey();
  expect(await test.file.isEmpty()).toBe(true);
  await test.file.add(key);
  await test.file.remove(key.id);
  test.pass(1000);
  expect(await test.file.isEmpty()).toBe(false);
});

it("says that there is no such key, and changes nothing", async () => {
  await using test = await openTest();
  await test.file.add(makeKey());
  const before = await readFile(test.path, "utf8");
  expect(await test.file.remove("000000000000")).toBe(false);
  expect(await test.file.endAt("000000000000", 5)).toBe(false);
  expect(await readFile(test.path, "utf8")).toBe(before);
});

it.each([
  ["cut", '{"keys":['],
  ["of something else", "{}"],
  ["null", "null"],
  ["with a key without a hash", '{"keys":[{"id":"a","tenant":"b","scopes":[]}]}'],
  ["with a scope that there is not", JSON.stringify({ keys: [{ ...makeKey(), scopes: ["all"] }] })],
  ["with a time that is none", JSON.stringify({ keys: [{ ...makeKey(), createdAt: "soon" }] })],
  ["with a time beyond all times", JSON.stringify({ keys: [makeKey({ expiresAt: 1e300 })] })],
  ["with a tenant that there cannot be", JSON.stringify({ keys: [makeKey({ tenant: "A#1" })] })],
])("lets nobody in by a file that is %s, and leaves it as it is", async (_, content) => {
  await using test = await openTest();
  await writeFile(test.path, content);
  await expect(test.file.find("a")).rejects.toThrow(/is damaged/);
  await expect(test.file.add(makeKey())).rejects.toThrow(/is damaged/);
  expect(await readFile(test.path, "utf8")).toBe(content);
  expect(await readdir(test.folder)).toEqual(["keys.json"]);
});
