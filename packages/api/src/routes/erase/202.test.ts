import type { ErasureAnswer, SearchAnswer } from "@log-service/contract";
import { arrivalsKeptMs } from "@log-service/core";
import { createMemoryStore } from "@log-service/stores/memory";
import { expect, it } from "vitest";
import { describeOnHosts, json, type TestHost } from "../../test/hosts.ts";

const entries = ["p-1", "p-2", "p-1"].map((player_id, index) => ({
  severity: index === 1 ? "error" : "info",
  message: `entry ${index}`,
  service: "chat",
  player_id,
}));

/** A host whose store holds entries that arrived long ago. */
const fill = async (host: TestHost) => {
  let time = 0;
  await host.use({ store: createMemoryStore({ clock: () => time }) });
  await host.post(entries);
  time = 2 * arrivalsKeptMs;
};

const erase = (host: TestHost, search: string) =>
  host.fetch(`/erasures${search}`, { method: "POST" });

/** Asks until it has ended; each request lets it go on. */
const ended = async (host: TestHost, id: string): Promise<ErasureAnswer> => {
  for (;;) {
    const answer = await json<ErasureAnswer>(host.fetch(`/erasures/${id}`));
    if (answer.state !== "running") return answer;
  }
};

const messages = async (host: TestHost) =>
  (await json<SearchAnswer>(host.fetch("/logs?order=oldest"))).logs.map(({ message }) => message);

describeOnHosts("POST /erasures", (host) => {
  it("removes what matches, and tells so", async () => {
    await fill(host);
    const response = await erase(host, "?q=player_id:p-1");
    expect(response.status).toBe(202);
    const begun = await json<ErasureAnswer>(response);
    expect(begun).toMatchObject({ state: "running", query: "player_id:p-1", left: [] });
    const report = await ended(host, begun.id);
    expect(report).toMatchObject({ state: "done", matched: 2, erased: 2, chunksRewritten: 1 });
    expect(report).not.toHaveProperty("query");
    expect(await messages(host)).toEqual(["entry 1"]);
  });

  it.each([
    ["?severity=error", ["entry 0", "entry 2"]],
    ["?service=chat", []],
    ["?service=chat&to=2020-01-01T00:00:00Z", ["entry 0", "entry 1", "entry 2"]],
    ["?everything=true", []],
  ])("narrows as a search does: %s", async (search, left) => {
    await fill(host);
    const { id } = await json<ErasureAnswer>(erase(host, search));
    await ended(host, id);
    expect(await messages(host)).toEqual(left);
  });

  it("does not let a repeated batch come back", async () => {
    let time = 0;
    await host.use({ store: createMemoryStore({ clock: () => time }) });
    const headers = { "content-type": "application/json", "idempotency-key": "k" };
    const send = () =>
      host.fetch("/logs", { method: "POST", headers, body: JSON.stringify(entries) });
    await send();
    time = 2 * arrivalsKeptMs;
    const { id } = await json<ErasureAnswer>(erase(host, "?q=player_id:p-1"));
    await ended(host, id);
    expect((await send()).status).toBe(201);
    expect(await messages(host)).toEqual(["entry 1"]);
  });
});
