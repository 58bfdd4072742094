import { routes } from "@log-service/contract";
import { expect, it } from "vitest";
import { describeOnHosts, type TestHost } from "../../packages/api/src/test/hosts.ts";
import { createClientOf } from "../../packages/sdk/src/client.ts";
import { type Client, createClient, LogServiceError } from "../../packages/sdk/src/index.ts";

const url = "http://sdk.test";

type Fault = "none" | "before" | "after";

/** A client of the host. Connections break as `faultOf` says: before the request arrives, or before its answer does. */
const connect = (host: TestHost, faultOf: (call: number) => Fault = () => "none"): Client => {
  let calls = 0;
  const send = async (input: string | URL | Request, init?: RequestInit): Promise<Response> => {
    const fault = faultOf(calls++);
    if (fault === "before") throw new TypeError("connection refused");
    const response = await host.fetch(String(input).slice(url.length), init);
    if (fault === "after") {
      await response.arrayBuffer();
      throw new TypeError("connection reset");
    }
    return response;
  };
  const deps = { wait: async () => undefined, random: () => 0 };
  return createClientOf({ url, fetch: send }, deps);
};

/** Of three calls one does not arrive, and of another the answer is lost. */
const everyThird = (call: number): Fault =>
  (["before", "after", "none"] as const)[call % 3] ?? "none";

const entries = (count: number) =>
  Array.from({ length: count }, (_, index) => ({
    severity: "info" as const,
    message: `entry ${index}`,
    service: "gateway",
    timestamp: Date.UTC(2026, 10, 22, 8, 0, 0, index),
    player_id: `p-${index % 3}`,
  }));

const names = (count: number) => entries(count).map(({ message }) => message);

describeOnHosts("the SDK", (host) => {
  it("calls every operation", async () => {
    const client = connect(host);
    const stored = await client.ingest({ severity: "error", message: "one", n: 1 });
    const { logId } = stored as { logId: string }; // one was sent
    expect(await client.ingest(entries(5))).toMatchObject({ accepted: 5, rejectedCount: 0 });
    expect(await client.get({ logId })).toMatchObject({ logId, message: "one" });
    expect(await client.search({ limit: 2 })).toMatchObject({ count: 2, complete: true });
    expect(await client.context({ logId, before: 1 })).toMatchObject({
      before: [{ message: "entry 4" }],
      entry: { message: "one" },
    });
    const { groups } = await client.stats({ by: ["severity"], measure: ["count", "max(n)"] });
    expect(groups.map(({ by }) => by)).toEqual([{ severity: "info" }, { severity: "error" }]);
    expect((await client.fields()).fields.map(({ name }) => name)).toContain("player_id");
    const { values } = await client.fieldValues({ name: "player_id", limit: 1 });
    expect(values).toEqual([{ value: "p-0", count: 2 }]);
    expect(await client.patterns()).toMatchObject({ total: 6 });
    expect(await client.tail()).toMatchObject({ logs: [] });
    expect(await client.usage()).toMatchObject({ total: { entries: 6 } });
    const file = await client.export({ format: "csv", columns: ["message"], order: "oldest" });
    expect(await file.text()).toBe(["message", ...names(5), "one", ""].join("\r\n"));
    const { id } = await client.erase({ q: "player_id:nobody" });
    expect(await client.erasure({ erasureId: id })).toMatchObject({ id, erased: 0 });
    expect(await client.health()).toEqual({ status: "ok" });
    expect(await client.ready()).toMatchObject({ status: "ready" });
    expect(await client.metrics()).toContain("# HELP");
    expect((await client.openapi()).paths).toHaveProperty("/logs");
  });

  it("stores a batch once, though no connection holds", async () => {
    const client = connect(host, everyThird);
    const answer = await client.ingest(entries(10));
    expect(answer).toEqual({ accepted: 10, rejectedCount: 0, rejected: [] });
    expect(await connect(host).search()).toMatchObject({ count: 10 });
  });

  it("takes equal batches as one where it is asked to", async () => {
    const client = connect(host);
    const store = () => client.ingest(entries(3), { dedupe: "content" });
    expect(await store()).not.toHaveProperty("duplicate");
    expect(await store()).toMatchObject({ accepted: 3, duplicate: true });
    expect(await client.search()).toMatchObject({ count: 3 });
  });

  it("iterates all that matches, each entry once, though no connection holds", async () => {
    await connect(host).ingest(entries(50));
    const client = connect(host, everyThird);
    const found = await Array.fromAsync(client.search({ q: "entry", limit: 7, order: "oldest" }));
    expect(found.map(({ message }) => message)).toEqual(names(50));
  });

  it("iterates what arrives, each entry once, though no connection holds", async () => {
    const sender = connect(host);
    let calls = 0;
    const client = connect(host, (call) => {
      calls = call;
      return everyThird(call);
    });
    const caller = new AbortController();
    const messages: string[] = [];
    const tail = client.tail({ limit: 2, wait: 0 }, { signal: caller.signal });
    await tail;
    const batch = entries(9);
    await sender.ingest(batch.slice(0, 5));
    for await (const { message } of tail) {
      messages.push(message);
      if (messages.length === 5) await sender.ingest(batch.slice(5));
      if (messages.length === 9) break;
    }
    expect(messages).toEqual(names(9));
    expect(calls).toBeGreaterThan(10);
  });

  it("says what is wrong as the server says it", async () => {
    const client = connect(host);
    const error = await client.search({ q: "x:>" }).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(LogServiceError);
    expect(error).toMatchObject({
      code: "QUERY_INVALID",
      status: 400,
      requestId: expect.any(String),
      problems: [{ from: expect.any(Number), message: expect.any(String) }],
    });
    const refused = client.ingest([{ severity: "info", message: "" }]);
    await expect(refused).rejects.toMatchObject({
      code: "BATCH_ALL_REJECTED",
      answer: { rejectedCount: 1, rejected: [{ code: "MESSAGE_EMPTY" }] },
    });
    await expect(client.get({ logId: "x" })).rejects.toMatchObject({ status: 404 });
  });
});

it("the SDK has a method for each operation of the contract, and no others", () => {
  const client = createClient({ url });
  const operationIds = routes.map(({ operationId }) => operationId);
  expect(Object.keys(client).toSorted()).toEqual(operationIds.toSorted());
});
