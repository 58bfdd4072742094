import { gzipSync } from "node:zlib";
import type { ProblemAnswer } from "@log-service/contract";
import { expect, it } from "vitest";
import { describeOnHosts, json } from "../../test/hosts.ts";

describeOnHosts("ingest answers 413", (host) => {
  it("refuses a batch of 10,001 and stores nothing of it", async () => {
    const lines = '{"severity":"info","message":"a"}\n'.repeat(10_001);
    const response = await host.post(lines, { type: "application/x-ndjson" });
    expect(await response.json()).toMatchObject({ status: 413, code: "BATCH_TOO_LARGE" });
    expect(await (await host.fetch("/logs")).json()).toMatchObject({ count: 0 });
  });

  it("refuses a body beyond the limit and names it", async () => {
    await host.use({ deps: { bodyBytesMax: 1000 } });
    const response = await host.post(" ".repeat(1001));
    const problem = await json<ProblemAnswer>(response);
    expect(problem).toMatchObject({ status: 413, code: "BODY_TOO_LARGE" });
    expect(problem.detail).toContain("1000");
  });

  it("stops inflating a bomb at the limit", async () => {
    await host.use({ deps: { bodyBytesMax: 100_000 } });
    const body = new Uint8Array(gzipSync(Buffer.alloc(50_000_000)));
    const headers = { "content-type": "application/json", "content-encoding": "gzip" };
    const response = await host.fetch("/logs", { method: "POST", headers, body });
    expect(await response.json()).toMatchObject({ status: 413, code: "BODY_TOO_LARGE" });
    expect((await host.post({ severity: "info", message: "next" })).status).toBe(201);
  });
});
