import { createDayBudget, createUsage } from "@log-service/core/service";
import { createMemoryUsage } from "@log-service/stores/memory";
import { describe, expect, it } from "vitest";
import type { Principal } from "./access.ts";
import { createQuotas, type Limits } from "./quotas.ts";

const noon = Date.UTC(2026, 10, 22, 12);

const createTest = (limits: Limits) => {
  let uptime = 5000;
  const now = () => noon + uptime - 5000;
  const usage = createUsage({ store: createMemoryUsage(), now });
  const budget = createDayBudget({ usage, now });
  const quotas = createQuotas({ limits, budget, now, uptimeMs: () => uptime });
  const pass = (ms: number) => {
    uptime += ms;
  };
  /** Nothing when a request may come, else when the next one may. */
  const request = (principal: Principal): number | undefined => {
    try {
      quotas.takeRequest(principal);
      return undefined;
    } catch (error) {
      return (error as { retryAfterMs: number }).retryAfterMs; // what it throws has it
    }
  };
  const body = async (principal: Principal, bytes: number) => {
    try {
      const meter = await quotas.beginBody(principal);
      await meter?.take(bytes);
      return "taken";
    } catch (error) {
      return (error as { code: string }).code; // likewise
    }
  };
  return { quotas, pass, request, body };
};

const principal = (changes: Partial<Principal> = {}): Principal => ({
  tenant: "game-1",
  scopes: ["ingest"],
  id: "key-1",
  ...changes,
});

describe("the rate of requests", () => {
  it("is not limited where nothing says so, nor where there are no keys", () => {
    const { request } = createTest({});
    const limited = createTest({ requestsPerSecond: 1 });
    for (let count = 0; count < 100; count++) {
      expect(request(principal())).toBeUndefined();
      expect(limited.request(principal({ id: undefined }))).toBeUndefined();
    }
  });

  it("lets a second's worth through at once, and then one after the other", () => {
    const { request, pass } = createTest({ requestsPerSecond: 4 });
    for (let count = 0; count < 4; count++) expect(request(principal())).toBeUndefined();
    expect(request(principal())).toBe(250);
    pass(249);
    expect(request(principal())).toBe(1);
    pass(1);
    expect(request(principal())).toBeUndefined();
    expect(request(principal())).toBe(250);
  });

  it("is exact over time, whatever is asked for", () => {
    const { request, pass } = createTest({ requestsPerSecond: 10 });
    let let_in = 0;
    for (let ms = 0; ms < 60_000; ms += 7) {
      let_in += request(principal()) === undefined ? 1 : 0;
      pass(7);
    }
    // A full bucket at the beginning, and ten a second.
    expect(let_in).toBeGreaterThanOrEqual(609);
    expect(let_in).toBeLessThanOrEqual(610);
  });

  it("is each key's own, and the key's word counts before the configuration's", () => {
    const { request } = createTest({ requestsPerSecond: 1 });
    expect(request(principal())).toBeUndefined();
    expect(request(principal())).toBe(1000);
    expect(request(principal({ id: "key-2" }))).toBeUndefined();
    const generous = principal({ id: "key-3", rate: { requestsPerSecond: 3 } });
    for (let count = 0; count < 3; count++) expect(request(generous)).toBeUndefined();
    expect(request(generous)).toBeGreaterThan(300);
  });

  it("names the limit in what it refuses with", () => {
    const { quotas } = createTest({ requestsPerSecond: 1 });
    quotas.takeRequest(principal());
    expect(() => quotas.takeRequest(principal())).toThrow("the key may send 1 requests/s");
  });
});

describe("the rate of bytes", () => {
  it("holds over time, also for bodies that are larger than a second's worth", async () => {
    const { body, pass } = createTest({ bytesPerSecond: 1000 });
    let bytes = 0;
    for (let second = 0; second < 600; second++) {
      bytes += (await body(principal(), 2500)) === "taken" ? 2500 : 0;
      pass(1000);
    }
    expect(bytes).toBeGreaterThanOrEqual(600_000);
    expect(bytes).toBeLessThanOrEqual(600_000 + 2500);
  });

  it("refuses the next body before any of it is read, and says when", async () => {
    const { quotas, body } = createTest({ bytesPerSecond: 1000 });
    expect(await body(principal(), 5000)).toBe("taken");
    expect(() => quotas.beginBody(principal())).toThrow("1000 bytes/s of bodies");
    expect(await body(principal(), 1)).toBe("RATE_EXCEEDED");
  });
});

describe("the bytes of a day", () => {
  it("are the tenant's, whichever key it uses, to the last byte", async () => {
    const { body } = createTest({ tenantBytesPerDay: 1000 });
    expect(await body(principal(), 600)).toBe("taken");
    expect(await body(principal({ id: "key-2" }), 401)).toBe("QUOTA_EXCEEDED");
    expect(await body(principal({ id: "key-2" }), 400)).toBe("taken");
    expect(await body(principal(), 1)).toBe("QUOTA_EXCEEDED");
    expect(await body(principal({ tenant: "game-2" }), 1000)).toBe("taken");
  });

  it("begin anew at midnight, which is what the refusal says", async () => {
    const { quotas, body, pass } = createTest({ tenantBytesPerDay: 10 });
    await body(principal(), 10);
    await expect(quotas.beginBody(principal())).rejects.toMatchObject({
      code: "QUOTA_EXCEEDED",
      retryAfterMs: 12 * 3_600_000,
      message: expect.stringContaining("10 bytes a day"),
    });
    pass(12 * 3_600_000);
    expect(await body(principal(), 10)).toBe("taken");
  });

  it("are given back for a body that is not stored after all", async () => {
    const { quotas, body } = createTest({ tenantBytesPerDay: 10 });
    const meter = await quotas.beginBody(principal());
    const giveBack = await meter?.take(10);
    expect(await body(principal(), 1)).toBe("QUOTA_EXCEEDED");
    giveBack?.();
    expect(await body(principal(), 10)).toBe("taken");
  });
});
