import type { IngestOneAnswer, SearchAnswer } from "@log-service/contract";
import { expect, it } from "vitest";
import { describeOnHosts, json } from "../../test/hosts.ts";

describeOnHosts("get answers 200", (host) => {
  it("returns the entry that an id was given for", async () => {
    const { logId } = await json<IngestOneAnswer>(
      host.post({ severity: "error", message: "lost" }),
    );
    const response = await host.fetch(`/logs/${logId}`);
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({ logId, severity: "error", message: "lost" });
  });

  it("finds every entry of a batch by the id that a search returned", async () => {
    await host.post(
      Array.from({ length: 30 }, (_, index) => ({
        severity: "info",
        message: `entry ${index}`,
        timestamp: Date.UTC(2026, 10, 22, 8, index % 3),
      })),
    );
    const { logs } = await json<SearchAnswer>(host.fetch("/logs"));
    expect(logs).toHaveLength(30);
    for (const entry of logs)
      expect(await (await host.fetch(`/logs/${entry.logId}`)).json()).toEqual(entry);
  });
});
