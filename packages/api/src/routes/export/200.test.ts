import type { SearchAnswer } from "@log-service/contract";
import { LogServiceError } from "@log-service/core";
import { createMemoryStore } from "@log-service/stores/memory";
import { expect, it } from "vitest";
import { fill } from "../../test/fill.ts";
import { describeOnHosts, json, type TestHost } from "../../test/hosts.ts";

const fillPlayers = (host: TestHost, count: number) =>
  fill(host, count, (index) => ({ player_id: `p-${index}` }));

const linesOf = async (response: Response): Promise<string[]> =>
  (await response.text()).split("\n").slice(0, -1);

describeOnHosts("export answers 200", (host) => {
  it("is an empty file when nothing is stored", async () => {
    const response = await host.fetch("/logs/export");
    expect(response.status).toBe(200);
    expect(await response.text()).toBe("");
  });

  it("is a file with the wire JSON of each entry, newest first", async () => {
    await fillPlayers(host, 2500);
    const response = await host.fetch("/logs/export");
    expect(response.headers.get("content-type")).toBe("application/x-ndjson");
    expect(response.headers.get("content-disposition")).toBe(
      'attachment; filename="logs-2026-11-22T09-00-00Z.ndjson"',
    );
    expect(response.headers.get("cache-control")).toBe("no-store");
    const lines = await linesOf(response);
    expect(lines).toHaveLength(2500);
    const page = await (await host.fetch("/logs?limit=1000")).text();
    expect(page).toContain(`"logs":[${lines.slice(0, 1000).join(",")}]`);
  });

  it.each([
    ["q=player_id:p-17", [17]],
    ["severity=error,warning&order=oldest&to=2026-11-22T08:00:01Z", [1, 2]],
    ["service=matchmaker&from=2026-11-22T08:00:01.5Z", [9, 7]],
    ["q=nothing", []],
  ])("has what matches %s, in its order", async (query, indices) => {
    await fillPlayers(host, 10 + 8);
    const lines = await linesOf(await host.fetch(`/logs/export?${query}`));
    const last = indices.map((index) => `entry ${index}`);
    const messages = lines.map((line) => JSON.parse(line).message);
    expect(messages.slice(-indices.length || undefined)).toEqual(last);
    const { logs } = await json<SearchAnswer>(host.fetch(`/logs?${query}`));
    expect(messages).toEqual(logs.map(({ message }) => message));
  });

  it("is a table with format=csv", async () => {
    await host.post({
      severity: "info",
      message: '=1+1, "quoted"',
      timestamp: "2026-11-22T09:00:00Z",
      n: -1,
    });
    const response = await host.fetch("/logs/export?format=csv");
    expect(response.headers.get("content-type")).toBe("text/csv; charset=utf-8; header=present");
    expect(response.headers.get("content-disposition")).toContain(".csv");
    const { logs } = await json<SearchAnswer>(host.fetch("/logs"));
    expect(await response.text()).toBe(
      [
        "timestamp,severity,service,level,message,traceId,spanId,logId,attributes\r\n",
        `2026-11-22T09:00:00.000Z,info,,,"'=1+1, ""quoted""",,,${logs[0]?.logId},"{""n"":-1}"\r\n`,
      ].join(""),
    );
  });

  it("has the columns that were asked for", async () => {
    await fillPlayers(host, 2);
    const response = await host.fetch("/logs/export?format=csv&columns=player_id,message,%3Dnone");
    expect(await response.text()).toBe(
      "player_id,message,'=none\r\np-1,entry 1,\r\np-0,entry 0,\r\n",
    );
  });

  it("has the head alone when nothing matches", async () => {
    const response = await host.fetch("/logs/export?format=csv&columns=message");
    expect(await response.text()).toBe("message\r\n");
  });

  it("can be posted again: ids are new, all else is equal, and the old id is an attribute", async () => {
    await host.post([
      {
        severity: "info",
        message: "a\u2028\ud800",
        timestamp: 1,
        n: 1e300,
        id: "76561198000000001",
      },
      { severity: "error", message: "b", service: "s", level: "FATAL", traceId: "t", spanId: "x" },
      { severity: "error", message: "c", attributes: { service: "inner", deep: { er: [1, 2] } } },
    ]);
    const lines = await linesOf(await host.fetch("/logs/export?order=oldest"));
    await host.use({});
    const answer = await host.post(lines.join("\n"), { type: "application/x-ndjson" });
    expect(await answer.json()).toMatchObject({ accepted: 3, rejectedCount: 0 });
    const again = await linesOf(await host.fetch("/logs/export?order=oldest"));
    const entries = again.map((line) => JSON.parse(line));
    const expected = lines
      .map((line) => JSON.parse(line))
      .map(({ logId, attributes, ...entry }) => ({
        ...entry,
        attributes: { ...attributes, logId },
      }));
    expect(entries.map(({ logId: _new, ...entry }) => entry)).toEqual(expected);
    expect(again).not.toEqual(lines);
  });

  it("says at its end what is damaged, and has the rest", async () => {
    const store = createMemoryStore();
    const damaging = {
      ...store,
      async *scan(...[request, options]: Parameters<typeof store.scan>) {
        yield* store.scan(request, options);
        request.onDamage({ part: "the day 2026-11-21", cause: new Error("disk") });
      },
    };
    await host.use({ store: damaging });
    await fillPlayers(host, 1);
    const [first, last] = await linesOf(await host.fetch("/logs/export"));
    expect(JSON.parse(first ?? "")).toMatchObject({ message: "entry 0" });
    expect(JSON.parse(last ?? "")).toEqual({
      warnings: [{ code: "CHUNK_CORRUPT", message: "the day 2026-11-21 is damaged and left out" }],
    });
    const csv = await host.fetch("/logs/export?format=csv&columns=message,player_id");
    expect(await csv.text()).toBe(
      "message,player_id\r\nentry 0,p-0\r\n# CHUNK_CORRUPT: the day 2026-11-21 is damaged and left out,\r\n",
    );
  });

  it("fails as an answer, and not as a cut file, when the store is away", async () => {
    const store = createMemoryStore();
    await host.use({
      store: {
        ...store,
        // biome-ignore lint/correctness/useYield: it fails before it has anything.
        async *scan() {
          throw new LogServiceError("STORE_UNAVAILABLE", "away", { retryAfterMs: 2000 });
        },
      },
    });
    const response = await host.fetch("/logs/export?format=csv");
    expect(response.status).toBe(503);
    expect(response.headers.get("retry-after")).toBe("2");
    expect(await response.json()).toMatchObject({ code: "STORE_UNAVAILABLE" });
  });
});
