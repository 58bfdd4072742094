import { gzipSync } from "node:zlib";
import type { ProblemAnswer } from "@log-service/contract";
import { expect, it } from "vitest";
import { describeOnHosts, json } from "../../test/hosts.ts";

const ndjson = "application/x-ndjson";

const asJson = { type: "application/json" };

describeOnHosts("ingest answers 400", (host) => {
  it.each([
    ["an empty body", "", asJson, "BATCH_EMPTY"],
    ["an empty array", "[]", asJson, "BATCH_EMPTY"],
    ["only empty lines", "\n\n", { type: ndjson }, "BATCH_EMPTY"],
    ["what is not JSON", "severity=info", asJson, "BODY_INVALID"],
    ["a cut array", '[{"severity":"info","message":"a"},', asJson, "BODY_INVALID"],
    ["an unknown parameter", "{}", { path: "/logs?dedup=content" }, "PARAMETER_UNKNOWN"],
    ["a parameter out of its list", "{}", { path: "/logs?dedupe=yes" }, "PARAMETER_INVALID"],
    ["no severity", '{"message":"a"}', asJson, "ENTRY_INVALID"],
    ["another severity", '{"severity":"ERROR","message":"a"}', asJson, "ENTRY_INVALID"],
    ["no message", '{"severity":"info"}', asJson, "ENTRY_INVALID"],
    [
      "a time far ahead",
      '{"severity":"info","message":"a","timestamp":4102444800000}',
      asJson,
      "ENTRY_INVALID",
    ],
    [
      "a time before 1970",
      '{"severity":"info","message":"a","timestamp":-1}',
      asJson,
      "ENTRY_INVALID",
    ],
    ["a batch of bad entries", '[{"severity":"x"},{}]', asJson, "BATCH_ALL_REJECTED"],
    ["lines that are all cut", '{"severity":', { type: ndjson }, "BATCH_ALL_REJECTED"],
  ])("refuses %s and stores nothing", async (_, body, options, code) => {
    const response = await host.post(body, options);
    expect(response.status).toBe(400);
    expect(response.headers.get("content-type")).toBe("application/problem+json");
    expect(await response.json()).toMatchObject({
      code,
      status: 400,
      type: `urn:log-service:error:${code}`,
      detail: expect.stringMatching(/\w/),
      requestId: response.headers.get("x-request-id"),
    });
    expect(await (await host.fetch("/logs")).json()).toMatchObject({ count: 0 });
  });

  it("names every problem of an entry by its path", async () => {
    const response = await host.post({ severity: "fatal", message: "", service: 7 });
    const { problems = [] } = await json<ProblemAnswer>(response);
    expect(problems.map((one) => one.path).toSorted()).toEqual(["message", "service", "severity"]);
  });

  it("refuses a compressed body that is cut", async () => {
    const whole = gzipSync('{"severity":"info","message":"a"}'.repeat(50));
    const headers = { "content-type": "application/json", "content-encoding": "gzip" };
    const body = new Uint8Array(whole.subarray(0, whole.length - 9));
    const response = await host.fetch("/logs", { method: "POST", headers, body });
    expect(await response.json()).toMatchObject({ status: 400, code: "BODY_INVALID" });
  });

  it("refuses an Idempotency-Key that cannot be one", async () => {
    const headers = { "content-type": "application/json", "idempotency-key": "k".repeat(201) };
    const body = '{"severity":"info","message":"a"}';
    const response = await host.fetch("/logs", { method: "POST", headers, body });
    expect(await response.json()).toMatchObject({ status: 400, code: "IDEMPOTENCY_KEY_INVALID" });
  });

  it("refuses entries without a time when equal batches are to be one", async () => {
    const response = await host.post([{ severity: "info", message: "a" }], {
      path: "/logs?dedupe=content",
    });
    expect(await response.json()).toMatchObject({
      status: 400,
      detail: expect.stringMatching(/^the only entry was refused: timestamp is missing/),
      rejected: [{ code: "TIMESTAMP_REQUIRED" }],
    });
  });
});
