import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { credentialsIn, lambdaConfigOf, lambdaSettings, parseLambdaConfig } from "./config.ts";

const set = { AWS_REGION: "eu-west-1", LOG_SERVICE_TABLE: "c", LOG_SERVICE_KEYS_TABLE: "k" };

describe("the environment of a function", () => {
  it("needs the region and the two tables, and has a default for the rest", () => {
    expect(parseLambdaConfig(set)).toEqual({
      config: {
        functionName: "unknown",
        region: "eu-west-1",
        endpoint: undefined,
        lambdaEndpoint: undefined,
        table: "c",
        keysTable: "k",
        limits: { tenantBytesPerDay: undefined },
        oidc: undefined,
        redaction: undefined,
        retentionDays: 30,
        canStream: false,
        logLevel: "info",
        searchTimeMs: 5000,
        searchBytes: 64 * 1024 * 1024,
      },
    });
  });

  it("reports every problem at once", () => {
    const env = {
      LOG_SERVICE_RETENTION_DAYS: "0",
      LOG_SERVICE_LOG_LEVEL: "loud",
      LOG_SERVICE_INVOKE_MODE: "STREAM",
    };
    expect(parseLambdaConfig(env).problems).toEqual([
      'LOG_SERVICE_LOG_LEVEL is "loud"; it must be debug, info, warn, error',
      'LOG_SERVICE_INVOKE_MODE is "STREAM"; it must be BUFFERED or RESPONSE_STREAM',
      "AWS_REGION is not set",
      "LOG_SERVICE_TABLE is not set",
      "LOG_SERVICE_KEYS_TABLE is not set",
      'LOG_SERVICE_RETENTION_DAYS is "0"; it must be an integer from 1 to 3650',
    ]);
    expect(() => lambdaConfigOf(env)).toThrow("AWS_REGION is not set; LOG_SERVICE_TABLE");
  });

  it("is parsed whatever it holds", () => {
    const names = lambdaSettings.map(({ name }) => name);
    const environments = fc.dictionary(fc.constantFrom(...names), fc.string());
    fc.assert(
      fc.property(environments, (env) => {
        const { config, problems } = parseLambdaConfig({ ...set, ...env });
        expect(config === undefined).toBe(problems !== undefined);
      }),
    );
  });

  it("gives the credentials that it holds when they are asked for", () => {
    const env: Record<string, string> = { AWS_ACCESS_KEY_ID: "a", AWS_SECRET_ACCESS_KEY: "b" };
    const credentials = credentialsIn(env);
    expect(credentials()).toEqual({ accessKeyId: "a", secretAccessKey: "b" });
    env.AWS_SESSION_TOKEN = "c";
    expect(credentials().sessionToken).toBe("c");
    expect(credentialsIn({})).toThrow("not set");
  });
});
