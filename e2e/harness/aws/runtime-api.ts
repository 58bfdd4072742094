import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { FunctionUrlEvent } from "../../../packages/api/src/hosts/lambda/event.ts";
import { type FunctionAnswer, payloadBytesMax } from "./function-answer.ts";
import { readStreamedAnswer } from "./streamed-answer.ts";

/** Lambda's Runtime API, as a function's environment sees it: https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html */
export interface RuntimeApi extends AsyncDisposable {
  /** What AWS_LAMBDA_RUNTIME_API is set to. */
  readonly address: string;
  /** Hands an event to the environment that asks next, and resolves with its answer. */
  invoke(event: FunctionUrlEvent): Promise<FunctionAnswer>;
  /** Fails what runs and waits, as the platform does when an environment dies. */
  fail(reason: string): void;
}

interface RuntimeApiOptions {
  readonly functionArn: string;
  readonly timeoutMs: number;
  /** The environment has asked for an event, and there is none: Lambda freezes it. */
  onIdle(): void;
  /** There is one: Lambda thaws it. */
  onWork(): void;
}

interface Invocation {
  readonly id: string;
  readonly event: FunctionUrlEvent;
  readonly resolve: (answer: FunctionAnswer) => void;
  readonly reject: (error: Error) => void;
}

const path = /^\/2018-06-01\/runtime\/(?:invocation\/([^/]+)\/(response|error)|init\/(error))$/;

const bytesOf = async (request: IncomingMessage): Promise<Buffer> => {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part);
  return Buffer.concat(parts);
};

const takeResponse = async (invocation: Invocation, request: IncomingMessage): Promise<number> => {
  if (request.headers["lambda-runtime-function-response-mode"] === "streaming") {
    await readStreamedAnswer(request, invocation.resolve);
    return 202;
  }
  const bytes = await bytesOf(request);
  if (bytes.length > payloadBytesMax) {
    invocation.reject(new Error(`Function.ResponseSizeTooLarge: ${bytes.length} bytes`));
    return 413;
  }
  invocation.resolve(JSON.parse(bytes.toString()));
  return 202;
};

export const startRuntimeApi = async (options: RuntimeApiOptions): Promise<RuntimeApi> => {
  const waiting: Invocation[] = [];
  const running = new Map<string, Invocation>();
  let asking: ServerResponse | undefined;

  const handOver = () => {
    if (asking === undefined) return;
    const invocation = waiting.shift();
    if (invocation === undefined) return options.onIdle();
    options.onWork();
    running.set(invocation.id, invocation);
    asking.writeHead(200, {
      "content-type": "application/json",
      "lambda-runtime-aws-request-id": invocation.id,
      "lambda-runtime-deadline-ms": Date.now() + options.timeoutMs,
      "lambda-runtime-invoked-function-arn": options.functionArn,
    });
    asking.end(JSON.stringify(invocation.event));
    asking = undefined;
  };

  const fail = (reason: string) => {
    asking = undefined;
    for (const { reject } of [...running.values(), ...waiting.splice(0)]) reject(new Error(reason));
    running.clear();
  };

  const accept = async (request: IncomingMessage): Promise<number> => {
    const [, id = "", kind, initError] = path.exec(request.url ?? "") ?? [];
    if (initError) {
      fail(`the function cannot start: ${await bytesOf(request)}`);
      return 202;
    }
    const invocation = running.get(id);
    if (invocation === undefined) return 404;
    running.delete(id);
    if (kind === "response") return takeResponse(invocation, request);
    invocation.reject(new Error(String(await bytesOf(request))));
    return 202;
  };

  const server = createServer((request, response) => {
    if (request.url === "/2018-06-01/runtime/invocation/next") {
      asking = response;
      handOver();
      return;
    }
    accept(request).then(
      (status) => response.writeHead(status).end(),
      () => request.destroy(),
    );
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo; // it listens on TCP

  return {
    address: `127.0.0.1:${port}`,
    invoke: (event) => {
      const { promise, resolve, reject } = Promise.withResolvers<FunctionAnswer>();
      waiting.push({ id: randomUUID(), event, resolve, reject });
      handOver();
      return promise;
    },
    fail,
    [Symbol.asyncDispose]: async () => {
      fail("the Runtime API is closed");
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
};
