import type { UsageAnswer } from "@log-service/contract";
import { expect, it } from "vitest";
import { createApiKey } from "../../access/api-key.ts";
import { describeOnHosts, json } from "../../test/hosts.ts";
import { noKeys } from "../../test/test-app.ts";

const entry = (service?: string) => ({ severity: "info", message: "hello", service });

describeOnHosts("GET /usage", (host) => {
  const ask = (search = "") => json<UsageAnswer>(host.fetch(`/usage${search}`));

  it("tells entries and bytes by day and service", async () => {
    const first = JSON.stringify([entry("gateway"), entry("gateway"), entry()]);
    const second = JSON.stringify(entry("gateway"));
    await host.post(first);
    await host.post(second);
    await host.post('{"severity":"fatal"}');
    const { from, to, days, total } = await ask();
    expect({ from, to }).toEqual({ from: "2026-10-23", to: "2026-11-22" });
    const bytes = first.length + second.length + 20;
    expect(total).toEqual({ entries: 4, bytes });
    expect(days).toMatchObject([
      {
        day: "2026-11-22",
        entries: 4,
        bytes,
        services: [
          { service: "gateway", entries: 3 },
          { service: null, entries: 1 },
        ],
      },
    ]);
  });

  it("tells of a range of days, both ends included", async () => {
    await host.post(entry());
    expect(await ask("?from=-2d&to=-1d")).toEqual({
      from: "2026-11-20",
      to: "2026-11-21",
      days: [],
      total: { entries: 0, bytes: 0 },
    });
    const today = await ask("?from=2026-11-22T00:00:00Z");
    expect(today.total.entries).toBe(1);
  });

  it("tells a tenant of its own entries only", async () => {
    const grant = { scopes: ["ingest", "read"] as const, createdAt: 0 };
    const own = createApiKey({ ...grant, tenant: "game-1" });
    const other = createApiKey({ ...grant, tenant: "game-2" });
    const records = [own.record, other.record];
    const find = async (id: string) => records.find((one) => one.id === id);
    await host.use({ keys: { ...noKeys, find } });
    const headers = { "x-api-key": own.text, "content-type": "application/json" };
    await host.fetch("/logs", { method: "POST", headers, body: JSON.stringify(entry("secret")) });
    const asked = (text: string) =>
      json<UsageAnswer>(host.fetch("/usage", { headers: { "x-api-key": text } }));
    expect((await asked(own.text)).total.entries).toBe(1);
    expect(await asked(other.text)).toMatchObject({ days: [], total: { entries: 0, bytes: 0 } });
  });
});
