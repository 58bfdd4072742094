import type { ProblemAnswer } from "@log-service/contract";
import { createDayBudget, createUsage } from "@log-service/core/service";
import { createMemoryUsage } from "@log-service/stores/memory";
import { expect, it } from "vitest";
import { createApiKey, type KeyRate } from "../../access/api-key.ts";
import { createQuotas, type Limits } from "../../access/quotas.ts";
import { describeOnHosts, json } from "../../test/hosts.ts";
import { noKeys, testNow } from "../../test/test-app.ts";

const body = JSON.stringify({ severity: "info", message: "hello" });

describeOnHosts("POST /logs beyond a limit", (host) => {
  const limit = async (limits: Limits, rate?: KeyRate) => {
    const now = () => testNow;
    const usage = createUsage({ store: createMemoryUsage(), now });
    const budget = createDayBudget({ usage, now });
    const quotas = createQuotas({ limits, budget, now, uptimeMs: () => 0 });
    const grant = { tenant: "game-1", scopes: ["ingest", "read"] as const, createdAt: 0 };
    const { text, record } = createApiKey({ ...grant, ...(rate && { rate }) });
    await host.use({ keys: { ...noKeys, find: async () => record }, deps: { quotas } });
    return () =>
      host.fetch("/logs", {
        method: "POST",
        headers: { "x-api-key": text, "content-type": "application/json" },
        body,
      });
  };

  it.each<[string, Limits, KeyRate | undefined, string, string, string]>([
    ["requests", { requestsPerSecond: 1 }, undefined, "RATE_EXCEEDED", "1 requests/s", "1"],
    ["requests of its key", {}, { requestsPerSecond: 1 }, "RATE_EXCEEDED", "1 requests/s", "1"],
    ["bytes", { bytesPerSecond: 10 }, undefined, "RATE_EXCEEDED", "10 bytes/s", "3"],
    [
      "bytes of the day",
      { tenantBytesPerDay: 50 },
      undefined,
      "QUOTA_EXCEEDED",
      "50 bytes",
      "54000",
    ],
  ])(
    "of %s gets 429, when to come again, and the limit",
    async (_, limits, rate, code, says, after) => {
      const send = await limit(limits, rate);
      expect((await send()).status).toBe(201);
      const response = await send();
      expect(response.status).toBe(429);
      expect(response.headers.get("retry-after")).toBe(after);
      const problem = await json<ProblemAnswer>(response);
      expect(problem.code).toBe(code);
      expect(problem.detail).toContain(says);
    },
  );
});
