import { expect, it } from "vitest";
import { createDynamoClient } from "./client.ts";
import { failure } from "./test/fake-dynamodb.ts";
import { createTestOptions } from "./test/test-options.ts";

type Reply = () => Response | Promise<Response>;

/** A client to which the replies are given in turn, the last one again and again. */
const createClient = (...replies: readonly Reply[]) => {
  const sent: { headers: Headers; body: string }[] = [];
  const failures: string[] = [];
  const options = createTestOptions({
    fetch: async (_, init) => {
      init?.signal?.throwIfAborted();
      sent.push({ headers: new Headers(init?.headers), body: String(init?.body) });
      const reply = replies[Math.min(sent.length, replies.length) - 1];
      return reply ? reply() : Response.json({});
    },
    observer: { onFailure: ({ kind, reason }) => failures.push(`${kind} ${reason}`) },
  });
  const client = createDynamoClient(options);
  return { client, sent, failures, waits: options.waits };
};

const done = () => Response.json({ Item: { a: { S: "b" } } });
const brokenLine = () => Promise.reject(new TypeError("fetch failed"));

it.each([
  ["ThrottlingException", () => failure("ThrottlingException")],
  [
    "ProvisionedThroughputExceededException",
    () => failure("ProvisionedThroughputExceededException"),
  ],
  ["RequestLimitExceeded", () => failure("RequestLimitExceeded")],
  ["an error inside", () => failure("InternalServerError", {}, 500)],
  ["a proxy that answers in HTML", () => new Response("<html>", { status: 502 })],
  ["a cut answer", () => new Response('{"Item', { status: 200 })],
  ["a broken connection", brokenLine],
])("tries again after %s", async (_, reply) => {
  const { client, sent, waits } = createClient(reply, reply, done);
  const outcome = await client.call("GetItem", { TableName: "t" });
  expect(outcome).toEqual({ kind: "done", answer: { Item: { a: { S: "b" } } } });
  expect(sent).toHaveLength(3);
  expect(waits).toEqual([20, 40]);
});

it.each([
  ["STORE_BUSY", () => failure("ThrottlingException")],
  ["STORE_UNAVAILABLE", () => failure("InternalServerError", {}, 500)],
  ["STORE_UNAVAILABLE", brokenLine],
])("gives up with %s at its deadline, and says when to come back", async (code, reply) => {
  const { client, sent, waits } = createClient(reply);
  const call = client.call("PutItem", {});
  await expect(call).rejects.toMatchObject({ code, retryAfterMs: expect.any(Number) });
  expect(sent.length).toBeGreaterThan(5);
  const waited = waits.reduce((sum, ms) => sum + ms, 0);
  expect(waited).toBeLessThan(8000);
  expect(waited).toBeGreaterThan(7000);
});

it.each([
  ["ResourceNotFoundException", "STORE_UNAVAILABLE"],
  ["AccessDeniedException", "STORE_UNAVAILABLE"],
  ["ExpiredTokenException", "STORE_UNAVAILABLE"],
  ["UnrecognizedClientException", "STORE_UNAVAILABLE"],
  ["ValidationException", "INTERNAL"],
])("does not repeat what %s refuses, and keeps the reason to itself", async (name, code) => {
  const { client, sent } = createClient(() => failure(name));
  const error: Error = await client.call("GetItem", {}).then(
    () => expect.unreachable(),
    (one) => one,
  );
  expect(error).toMatchObject({ code, cause: { message: expect.stringContaining(name) } });
  expect(error.message).not.toContain(name);
  expect(sent).toHaveLength(1);
});

it("takes over AWS's clock when a signature is refused for its time", async () => {
  const date = "Sun, 22 Nov 2026 09:20:00 GMT";
  const skewed = () => {
    const message = "Signature expired: 20261122T090000Z is now earlier than 20261122T091500Z";
    const body = { __type: "com.amazon.coral.service#InvalidSignatureException", message };
    return Response.json(body, { status: 400, headers: { date } });
  };
  const { client, sent } = createClient(skewed, done);
  await client.call("GetItem", {});
  await client.call("GetItem", {});
  expect(sent.map(({ headers }) => headers.get("x-amz-date"))).toEqual([
    "20261122T090000Z",
    "20261122T092000Z",
    "20261122T092000Z",
  ]);
});

it("says when an earlier attempt may have taken effect", async () => {
  const refused = () => failure("ConditionalCheckFailedException", { Item: { a: { N: "1" } } });
  const { client } = createClient(refused);
  expect(await client.call("PutItem", {})).toMatchObject({ kind: "condition", isDoubtful: false });
  const { client: unlucky } = createClient(brokenLine, refused);
  expect(await unlucky.call("PutItem", {})).toEqual({
    kind: "condition",
    item: { a: { N: "1" } },
    isDoubtful: true,
  });
});

it("reads the reasons of a throttle, and leaves a hot key to who asks for it", async () => {
  const hot = () =>
    failure("ThrottlingException", {
      ThrottlingReasons: [{ reason: "TableWriteKeyRangeThroughputExceeded", resource: "arn" }],
    });
  const { client, failures } = createClient(hot);
  const outcome = await client.call("PutItem", {}, { leavesHotKeys: true });
  expect(outcome).toEqual({ kind: "hot" });
  expect(failures).toEqual(["throttled TableWriteKeyRangeThroughputExceeded"]);
});

it("asks for the capacity used, and passes it on", async () => {
  const units: number[] = [];
  const client = createDynamoClient(
    createTestOptions({
      fetch: async (_, init) => {
        expect(JSON.parse(String(init?.body))).toMatchObject({ ReturnConsumedCapacity: "TOTAL" });
        return Response.json({ ConsumedCapacity: { TableName: "t", CapacityUnits: 17 } });
      },
      observer: { onCapacity: (report) => units.push(report.units) },
    }),
  );
  await client.call("PutItem", {});
  expect(units).toEqual([17]);
});

it("ends at once when the caller goes away while it waits", async () => {
  const controller = new AbortController();
  const reason = new Error("gone");
  const { client } = createClient(() => {
    controller.abort(reason);
    return failure("ThrottlingException");
  });
  const call = client.call("GetItem", {}, { signal: controller.signal });
  await expect(call).rejects.toBe(reason);
});
