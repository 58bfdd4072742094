import { once } from "node:events";
import { Writable } from "node:stream";
import { setImmediate as nextTurn } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { pump, toStreamingHandler } from "./stream-response.ts";

/** A body that counts how often it is asked for more, and what became of it. */
const createBody = (pieces: number, pieceBytes = 1000) => {
  const seen = { asked: 0, cancelled: undefined as unknown };
  const body = new ReadableStream<Uint8Array>(
    {
      pull: (controller) => {
        seen.asked++;
        if (seen.asked > pieces) controller.close();
        else controller.enqueue(new Uint8Array(pieceBytes));
      },
      cancel: (reason) => {
        seen.cancelled = reason;
      },
    },
    { highWaterMark: 0 },
  );
  return { body, seen };
};

/** A stream that takes a write when it is told to. */
const createSlowStream = () => {
  const taken: (() => void)[] = [];
  let bytes = 0;
  const stream = new Writable({
    highWaterMark: 2000,
    write: (chunk: Uint8Array, _encoding, done) => {
      bytes += chunk.length;
      taken.push(() => done());
    },
  });
  return { stream, takeOne: () => taken.shift()?.(), bytes: () => bytes };
};

const someTurns = async () => {
  for (let turn = 0; turn < 20; turn++) await nextTurn();
};

describe("a streamed answer", () => {
  it("is read as fast as it is taken, and no faster", async () => {
    const { body, seen } = createBody(100);
    const { stream, takeOne, bytes } = createSlowStream();
    const pumped = pump(body, stream);
    await someTurns();
    expect(seen.asked).toBeLessThan(4);
    const finished = once(stream, "finish").then(() => true);
    let isFinished = false;
    finished.then(() => {
      isFinished = true;
    });
    while (!isFinished) {
      takeOne();
      await nextTurn();
    }
    await pumped;
    expect(bytes()).toBe(100_000);
  });

  it("is cancelled when the stream closes while it waits for room", async () => {
    const { body, seen } = createBody(100);
    const { stream } = createSlowStream();
    const pumped = pump(body, stream);
    await someTurns();
    stream.destroy();
    await expect(pumped).rejects.toThrow();
    expect(seen.cancelled).toMatchObject({ message: "the stream closed before its end" });
  });

  it("is cancelled when the stream closes while it waits for the body", async () => {
    let cancelled = false;
    const body = new ReadableStream<Uint8Array>({
      pull: () => new Promise(() => undefined),
      cancel: () => {
        cancelled = true;
      },
    });
    const { stream } = createSlowStream();
    const pumped = pump(body, stream);
    await someTurns();
    stream.destroy();
    await expect(pumped).rejects.toThrow("the stream closed before its end");
    expect(cancelled).toBe(true);
  });
});

describe("the handler of a function that streams", () => {
  const heads: object[] = [];

  beforeEach(() => {
    heads.length = 0;
    Object.assign(globalThis, {
      awslambda: {
        streamifyResponse: (handler: unknown) => handler,
        HttpResponseStream: {
          from: (stream: Writable, head: object) => {
            heads.push(head);
            return stream;
          },
        },
      },
    });
  });

  afterEach(() => {
    Reflect.deleteProperty(globalThis, "awslambda");
  });

  const run = async (response: Response) => {
    const parts: Buffer[] = [];
    const stream = new Writable({
      write: (chunk: Buffer, _encoding, done) => {
        parts.push(chunk);
        done();
      },
    });
    let ends = 0;
    const handler = toStreamingHandler(
      async () => response,
      async () => {
        ends++;
      },
    );
    const handled = handler({}, stream, {});
    return { handled, text: () => Buffer.concat(parts).toString(), ends: () => ends, stream };
  };

  it("sends the head, and then the body", async () => {
    const headers = { "content-type": "text/csv" };
    const { handled, text, ends, stream } = await run(new Response("a,b", { headers }));
    await handled;
    expect(heads).toEqual([{ statusCode: 200, headers }]);
    expect(text()).toBe("a,b");
    expect(stream.writableEnded).toBe(true);
    expect(ends()).toBe(1);
  });

  it("sends the head of an answer without a body", async () => {
    const { handled, text, stream } = await run(new Response(null, { status: 204 }));
    await handled;
    expect(heads).toEqual([{ statusCode: 204, headers: {} }]);
    expect(text()).toBe("");
    expect(stream.writableEnded).toBe(true);
  });

  it("fails midway as the body does, so that the answer is seen to be broken", async () => {
    const body = new ReadableStream<Uint8Array>({
      pull: (controller) => controller.error(new Error("the store is gone")),
    });
    const { handled, ends, stream } = await run(new Response(body));
    await expect(handled).rejects.toThrow("the store is gone");
    expect(stream.writableEnded).toBe(false);
    expect(ends()).toBe(1);
  });
});

it("a function that is to stream does not start where the runtime cannot", () => {
  const make = () =>
    toStreamingHandler(
      async () => new Response(),
      async () => undefined,
    );
  expect(make).toThrow("LOG_SERVICE_INVOKE_MODE");
});
