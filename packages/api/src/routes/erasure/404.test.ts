import type { ErasureAnswer } from "@log-service/contract";
import { expect, it } from "vitest";
import { createApiKey } from "../../access/api-key.ts";
import { describeOnHosts, json } from "../../test/hosts.ts";
import { noKeys } from "../../test/test-app.ts";

describeOnHosts("GET /erasures/{erasureId} answers 404", (host) => {
  it.each(["unknown", "%00", "a".repeat(2000)])("to an id that is none: %s", async (id) => {
    const response = await host.fetch(`/erasures/${id}`);
    expect(response.status).toBe(404);
    expect(await response.json()).toMatchObject({ code: "ERASURE_NOT_FOUND" });
  });

  it("to an id of another tenant, as to one that is none", async () => {
    const keys = ["game-1", "game-2"].map((tenant) =>
      createApiKey({ tenant, scopes: ["admin"], createdAt: 0 }),
    );
    const records = keys.map(({ record }) => record);
    const find = async (id: string) => records.find((one) => one.id === id);
    await host.use({ keys: { ...noKeys, find } });
    const ask = (path: string, key: number, method = "GET") =>
      host.fetch(path, { method, headers: { "x-api-key": keys[key]?.text ?? "" } });
    const { id } = await json<ErasureAnswer>(ask("/erasures?q=secret", 0, "POST"));
    expect((await ask(`/erasures/${id}`, 0)).status).toBe(200);
    const response = await ask(`/erasures/${id}`, 1);
    expect(response.status).toBe(404);
    expect(await response.text()).not.toContain("secret");
  });
});
