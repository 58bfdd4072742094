import { expect, it } from "vitest";
import { parseConfig } from "./config.ts";

const dayMs = 86_400_000;

const retentionOf = (env: Record<string, string>, args: string[] = []) =>
  parseConfig(env, args).config?.retention;

it("keeps entries for ever unless it is told otherwise", () => {
  expect(retentionOf({})).toBeUndefined();
  expect(retentionOf({ LOG_SERVICE_RETENTION_DAYS: "0" })).toBeUndefined();
});

it("takes days from the environment, a flag, and for some tenants", () => {
  expect(retentionOf({ LOG_SERVICE_RETENTION_DAYS: "30" })).toMatchObject({
    ms: 30 * dayMs,
    setting: "LOG_SERVICE_RETENTION_DAYS=30",
  });
  const both = retentionOf(
    { LOG_SERVICE_RETENTION_DAYS: "30", LOG_SERVICE_TENANT_RETENTION_DAYS: "a=0, game-1=365" },
    ["--retention-days", "7"],
  );
  expect(both).toEqual({
    ms: 7 * dayMs,
    setting: "LOG_SERVICE_RETENTION_DAYS=7",
    byTenant: new Map([
      ["a", { ms: Number.POSITIVE_INFINITY, setting: "LOG_SERVICE_TENANT_RETENTION_DAYS=a=0" }],
      ["game-1", { ms: 365 * dayMs, setting: "LOG_SERVICE_TENANT_RETENTION_DAYS=game-1=365" }],
    ]),
  });
  expect(retentionOf({ LOG_SERVICE_TENANT_RETENTION_DAYS: "a=1" })).toMatchObject({
    ms: Number.POSITIVE_INFINITY,
  });
});

it.each(["-1", "1.5", "a", "36501", "99999999", "1e3", " "])("refuses %j days", (days) => {
  expect(parseConfig({ LOG_SERVICE_RETENTION_DAYS: days }).problems).toEqual([
    expect.stringContaining("LOG_SERVICE_RETENTION_DAYS"),
  ]);
});

it.each(["a", "a=", "=1", "A=1", "a=1,a=2", "a=1=2", "a=1,,b=2", "a=-1"])(
  "refuses %j for tenants",
  (text) => {
    const { problems } = parseConfig({ LOG_SERVICE_TENANT_RETENTION_DAYS: text });
    expect(problems?.length).toBeGreaterThan(0);
  },
);
