import { createServer } from "node:http";
import { text } from "node:stream/consumers";
import { describe, expect, it } from "vitest";
import { listenHere } from "../../test/listen-here.ts";
import { createInvoke, qualifierOf } from "./invoke.ts";

const arn = "arn:aws:lambda:eu-west-1:123456789012:function:logs-maintenance";

/** Answers with these statuses, one after the other, and keeps what it was asked. */
const startLambda = async (statuses: readonly number[]) => {
  const asked: { url: string | undefined; type: unknown; authorization: unknown; body: string }[] =
    [];
  const server = createServer(async (request, response) => {
    const { url, headers } = request;
    const { authorization, "x-amz-invocation-type": type } = headers;
    asked.push({ url, type, authorization, body: await text(request) });
    response.writeHead(statuses[asked.length - 1] ?? 202).end("{}");
  });
  return { asked, ...(await listenHere(server)) };
};

const createTestInvoke = (endpoint: string) =>
  createInvoke({
    endpoint,
    region: "eu-west-1",
    functionName: "logs-maintenance",
    credentials: () => ({ accessKeyId: "AKIDEXAMPLE", secretAccessKey: "secret" }),
    now: () => Date.UTC(2026, 10, 22, 9),
  });

describe("an invocation of its own", () => {
  it("is asked for without waiting for it, signed, of the version that serves", async () => {
    await using lambda = await startLambda([]);
    await createTestInvoke(lambda.url)({ eraseOf: "game-1" }, qualifierOf(`${arn}:live`));
    expect(lambda.asked).toEqual([
      {
        url: "/2015-03-31/functions/logs-maintenance/invocations?Qualifier=live",
        type: "Event",
        authorization: expect.stringMatching(
          /^AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE\/20261122\/eu-west-1\/lambda\//,
        ),
        body: '{"eraseOf":"game-1"}',
      },
    ]);
    await createTestInvoke(lambda.url)({}, qualifierOf(arn));
    expect(lambda.asked[1]?.url).toMatch(/\/invocations\??$/);
  });

  it("is asked for again when Lambda does not take it, three times at most", async () => {
    await using lambda = await startLambda([429, 500, 202, 403, 403, 403]);
    const invoke = createTestInvoke(lambda.url);
    await invoke({}, "live");
    expect(lambda.asked).toHaveLength(3);
    const refused = { code: "STORE_UNAVAILABLE", retryAfterMs: 10_000 };
    await expect(invoke({}, "live")).rejects.toMatchObject(refused);
    expect(lambda.asked).toHaveLength(6);
  });

  it("fails when nobody is there", async () => {
    const invoke = createTestInvoke("http://127.0.0.1:1");
    await expect(invoke({}, undefined)).rejects.toMatchObject({ code: "STORE_UNAVAILABLE" });
  });
});
