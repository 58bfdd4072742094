import { brotliCompressSync, deflateSync, gzipSync, zstdCompressSync } from "node:zlib";
import type { IngestOneAnswer, SearchAnswer } from "@log-service/contract";
import { expect, it } from "vitest";
import { describeOnHosts, json, type TestHost } from "../../test/hosts.ts";

const uuid7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

const newest = async (host: TestHost) => (await json<SearchAnswer>(host.fetch("/logs"))).logs;

describeOnHosts("ingest answers 201", (host) => {
  it.each(["info", "warning", "error"])("stores an entry of severity %s", async (severity) => {
    const response = await host.post({ severity, message: "hello" });
    expect(response.status).toBe(201);
    const answer = await json<IngestOneAnswer>(response);
    expect(answer).toEqual({
      logId: expect.stringMatching(uuid7),
      timestamp: "2026-11-22T09:00:00.123Z",
    });
    expect(await newest(host)).toEqual([{ ...answer, severity, message: "hello", attributes: {} }]);
  });

  it("keeps every field, and makes attributes of the unknown ones", async () => {
    await host.post({
      severity: "error",
      message: "connection reset by peer",
      timestamp: "2026-11-22T08:59:59.001Z",
      service: "matchmaker",
      level: "FATAL",
      traceId: "5b8efff798038103d269b633813fc60c",
      spanId: "eee19b7ec3c1b174",
      player_id: "p-81",
      attributes: { latency_ms: 41, http: { status: 502 }, retry: true, gone: null },
    });
    expect(await newest(host)).toEqual([
      {
        logId: expect.stringMatching(uuid7),
        timestamp: "2026-11-22T08:59:59.001Z",
        severity: "error",
        message: "connection reset by peer",
        service: "matchmaker",
        level: "FATAL",
        traceId: "5b8efff798038103d269b633813fc60c",
        spanId: "eee19b7ec3c1b174",
        attributes: { player_id: "p-81", latency_ms: 41, "http.status": 502, retry: true },
      },
    ]);
  });

  it("keeps 17-digit integers digit for digit", async () => {
    await host.post('{"severity":"info","message":"login","steam_id":76561198000000001}');
    expect((await newest(host))[0]?.attributes).toEqual({ steam_id: "76561198000000001" });
  });

  it("stores the good entries of a batch and lists the bad ones", async () => {
    const response = await host.post([
      { severity: "info", message: "one" },
      { severity: "fatal", message: "two" },
      { severity: "info", message: "three" },
    ]);
    expect(response.status).toBe(201);
    expect(await response.json()).toMatchObject({
      accepted: 2,
      rejectedCount: 1,
      rejected: [{ index: 1, problems: [{ path: "severity", code: "SEVERITY_INVALID" }] }],
    });
    expect((await newest(host)).map((one) => one.message)).toEqual(["three", "one"]);
  });

  it("takes NDJSON, whatever the line ends and without the last one", async () => {
    const lines = '{"severity":"info","message":"a"}\r\n\n{"severity":"info","message":"b"}';
    const response = await host.post(lines, { type: "application/x-ndjson" });
    expect(await response.json()).toEqual({ accepted: 2, rejectedCount: 0, rejected: [] });
  });

  it("takes plain text, one line an entry, severity and service from the query string", async () => {
    const path = "/logs?severity=warning&service=dpkg";
    const response = await host.post("first line\nsecond line\n", { type: "text/plain", path });
    expect(await response.json()).toEqual({ accepted: 2, rejectedCount: 0, rejected: [] });
    expect(await newest(host)).toMatchObject([
      { message: "second line", severity: "warning", service: "dpkg" },
      { message: "first line" },
    ]);
  });

  it("reads a body without a content type as JSON", async () => {
    const body = new TextEncoder().encode('{"severity":"info","message":"bare"}');
    const response = await host.fetch("/logs", { method: "POST", body });
    expect(response.status).toBe(201);
  });

  it.each([
    ["gzip", gzipSync],
    ["deflate", deflateSync],
    ["br", brotliCompressSync],
    ["zstd", zstdCompressSync],
  ] as const)("takes a body compressed with %s", async (encoding, compress) => {
    const body = new Uint8Array(compress(Buffer.from('{"severity":"info","message":"small"}')));
    const headers = { "content-type": "application/json", "content-encoding": encoding };
    const response = await host.fetch("/logs", { method: "POST", headers, body });
    expect(response.status).toBe(201);
  });

  it("stores a batch of ten thousand, in order", async () => {
    const lines = Array.from({ length: 10_000 }, (_, seq) =>
      JSON.stringify({ severity: "info", message: `entry ${seq}`, seq }),
    );
    const response = await host.post(lines.join("\n"), { type: "application/x-ndjson" });
    expect(await response.json()).toMatchObject({ accepted: 10_000 });
    const page = await json<SearchAnswer>(host.fetch("/logs?limit=1000"));
    expect(page.logs.map((one) => one.attributes?.seq)).toEqual(
      Array.from({ length: 1000 }, (_, index) => 9999 - index),
    );
  });

  it("answers a repeated Idempotency-Key alike and stores once", async () => {
    const headers = { "content-type": "application/json", "idempotency-key": "batch-1" };
    const body = JSON.stringify([
      { severity: "info", message: "once" },
      { severity: "nope", message: "never" },
    ]);
    const send = () => host.fetch("/logs", { method: "POST", headers, body });
    const first = await send();
    const second = await send();
    expect(second.status).toBe(201);
    expect(await second.json()).toEqual(await first.json());
    expect(await newest(host)).toHaveLength(1);
  });

  it("answers a repeated single entry with the same id", async () => {
    const headers = { "content-type": "application/json", "idempotency-key": "single-1" };
    const body = JSON.stringify({ severity: "info", message: "once" });
    const send = () => host.fetch("/logs", { method: "POST", headers, body });
    const first = await json<IngestOneAnswer>(send());
    const second = await json<IngestOneAnswer>(send());
    expect(second).toEqual(first);
    expect((await host.fetch(`/logs/${first.logId}`)).status).toBe(200);
  });

  it("stores equal batches once with dedupe=content, and says so", async () => {
    const timestamp = "2026-11-22T08:00:00.000Z";
    const batch = [
      { severity: "info", message: "a", timestamp },
      { severity: "info", message: "b", timestamp },
    ];
    const send = () => host.post(batch, { path: "/logs?dedupe=content" });
    expect(await (await send()).json()).toEqual({ accepted: 2, rejectedCount: 0, rejected: [] });
    expect(await (await send()).json()).toMatchObject({ accepted: 2, duplicate: true });
    expect(await newest(host)).toHaveLength(2);
  });

  it("stores equal batches twice without it: ten servers may send the same heartbeat", async () => {
    const entry = { severity: "info", message: "heartbeat", timestamp: "2026-11-22T08:00:00Z" };
    await host.post([entry]);
    await host.post([entry]);
    expect(await newest(host)).toHaveLength(2);
  });
});
