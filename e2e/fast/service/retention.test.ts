import { expiryTimesAt } from "@log-service/core/service";
import { all } from "@log-service/query";
import { createMemoryStore } from "@log-service/stores/memory";
import { expect, it } from "vitest";
import { createTestService, fixedNow, ndjson } from "../../harness/service.ts";

const dayMs = 86_400_000;
const everything = {
  filter: all,
  from: 0,
  to: Number.MAX_SAFE_INTEGER,
  order: "newest",
  limit: 10,
  parameters: {},
} as const;

const create = () => {
  let now = fixedNow;
  const store = createMemoryStore();
  const retention = {
    ms: 30 * dayMs,
    setting: "LOG_SERVICE_RETENTION_DAYS=30",
    byTenant: new Map([["b", { ms: dayMs, setting: "LOG_SERVICE_TENANT_RETENTION_DAYS=b=1" }]]),
  };
  const service = createTestService({ store, now: () => now, retention });
  const post = (timestamp: number, tenant = "a", ...later: number[]) =>
    service.ingest(tenant, {
      body: ndjson(
        [timestamp, ...later].map((time) => ({ severity: "info", message: "m", timestamp: time })),
      ),
      format: "ndjson",
    });
  const pass = (ms: number) => {
    now += ms;
  };
  return { service, store, retention, post, pass, now: () => now };
};

it("refuses an entry that is older than the retention, and names the setting", async () => {
  const { post } = create();
  expect(await post(fixedNow - 30 * dayMs)).toMatchObject({ accepted: 1 });
  expect(await post(fixedNow - 30 * dayMs - 1)).toMatchObject({
    accepted: 0,
    rejected: [
      {
        problems: [
          {
            code: "TIMESTAMP_TOO_OLD",
            message: expect.stringContaining("LOG_SERVICE_RETENTION_DAYS=30"),
          },
        ],
      },
    ],
  });
});

it("finds an entry as long as the retention says, whatever the store still holds", async () => {
  const { service, post, pass } = create();
  await post(fixedNow);
  const { lines } = await service.search("a", everything);
  const { logId }: { logId: string } = JSON.parse(lines[0] ?? "");
  pass(30 * dayMs);
  expect((await service.search("a", everything)).lines).toHaveLength(1);
  expect(await service.get("a", logId)).toBe(lines[0]);
  pass(1);
  expect((await service.search("a", everything)).lines).toEqual([]);
  await expect(service.get("a", logId)).rejects.toMatchObject({ code: "ENTRY_NOT_FOUND" });
});

it("keeps another tenant's entries as long as is said for it", async () => {
  const { service, post, pass } = create();
  expect(await post(fixedNow - dayMs - 1, "b")).toMatchObject({
    accepted: 0,
    rejected: [
      { problems: [{ message: expect.stringContaining("LOG_SERVICE_TENANT_RETENTION_DAYS=b=1") }] },
    ],
  });
  await post(fixedNow, "b");
  await post(fixedNow, "a");
  pass(dayMs + 1);
  expect((await service.search("b", everything)).lines).toEqual([]);
  expect((await service.search("a", everything)).lines).toHaveLength(1);
});

it("cuts every answer entry by entry, from the moment on that one expires", async () => {
  const { service, post, pass } = create();
  // One chunk: the first of its entries expires a moment before the others.
  await post(fixedNow, "a", fixedNow + 1, fixedNow + 2, fixedNow + 3);
  const { lines } = await service.search("a", everything);
  const ids: string[] = lines.map((line) => JSON.parse(line).logId).toReversed();
  const firstPage = await service.search("a", { ...everything, limit: 1 });
  pass(30 * dayMs + 2);
  const left = ids.slice(2);
  const idsOf = (read: readonly string[]) => read.map((line) => JSON.parse(line).logId);
  expect(idsOf((await service.search("a", everything)).lines)).toEqual(left.toReversed());
  // A cursor from before leads to nothing that has expired since.
  const next = { ...everything, cursor: firstPage.nextCursor ?? "" };
  expect(idsOf((await service.search("a", next)).lines)).toEqual(left.slice(0, 1));
  for (const id of ids.slice(0, 2))
    await expect(service.get("a", id)).rejects.toMatchObject({ code: "ENTRY_NOT_FOUND" });
  const around = { logId: left[0]!, before: 5, after: 5, filter: all };
  const context = await service.context("a", around);
  expect([context.before, idsOf(context.after)]).toEqual([[], left.slice(1)]);
  const gone = service.context("a", { ...around, logId: ids[1]! });
  await expect(gone).rejects.toMatchObject({ code: "ENTRY_NOT_FOUND" });
  const { groups } = await service.stats("a", {
    ...everything,
    measures: [{ name: "count" }],
    by: [],
    intervalMs: undefined,
    top: 1,
  });
  expect(groups[0]?.points.map(([, count]) => count)).toEqual([2]);
  const { fields } = await service.fields("a", everything);
  expect(fields.find(({ name }) => name === "message")?.count).toBe(2);
  const pieces = service.export("a", {
    ...everything,
    order: "oldest",
    format: { name: "ndjson" },
  });
  const text = (await Array.fromAsync(pieces)).join("");
  expect(idsOf(text.trim().split("\n"))).toEqual(left);
});

it("drops what expires while an export is under way", async () => {
  const { service, post, pass } = create();
  await post(fixedNow, "a", fixedNow + 1);
  const request = { ...everything, order: "oldest", format: { name: "ndjson" } } as const;
  const pieces = service.export("a", request)[Symbol.asyncIterator]();
  pass(30 * dayMs + 1);
  const { value } = await pieces.next();
  expect(
    Buffer.from(value ?? [])
      .toString()
      .trim()
      .split("\n"),
  ).toHaveLength(1);
});

it("says for a store what has expired of whom", async () => {
  const { store, retention, post, pass, now } = create();
  await post(fixedNow, "a");
  await post(fixedNow, "b");
  pass(dayMs);
  expect(await store.expire(expiryTimesAt(retention, now())!)).toBe(0);
  pass(1);
  const times = expiryTimesAt(retention, now())!;
  expect(times.latest).toBe(fixedNow + 1);
  expect(await store.expire(times)).toBe(1);
  expect(
    (await Array.fromAsync(store.tenants({ from: 0, to: 2 ** 48 }))).map((one) => one.tenant),
  ).toEqual(["a"]);
  expect(expiryTimesAt(undefined, now())).toBeUndefined();
});
