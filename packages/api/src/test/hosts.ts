import { afterEach, beforeEach, describe } from "vitest";
import type { App } from "../app.ts";
import { type FunctionUrlEvent, toRequest, toResult } from "../hosts/lambda/event.ts";
import { createAppServer } from "../hosts/node/listen.ts";
import { listenHere } from "./listen-here.ts";
import { createTestApp, type TestApp, type TestAppOptions } from "./test-app.ts";

/** How a test talks to the app, whatever carries it. */
export interface TestHost {
  /** The app on a fresh memory store, unless `use` said otherwise. */
  fetch(path: string, init?: RequestInit): Promise<Response>;
  /** Posts a body as JSON, or as what `type` says. */
  post(body: unknown, options?: { type?: string; path?: string }): Promise<Response>;
  /** Starts anew with other parts. */
  use(options: TestAppOptions): Promise<TestApp>;
}

interface Carrier extends AsyncDisposable {
  fetch(path: string, init?: RequestInit): Promise<Response>;
}

const inMemory = async (app: App): Promise<Carrier> => ({
  fetch: (path, init) => app.fetch(new Request(`http://localhost${path}`, init)),
  [Symbol.asyncDispose]: async () => undefined,
});

const onNode = async (app: App): Promise<Carrier> => {
  const server = await listenHere(createAppServer(app));
  return { ...server, fetch: (path, init) => fetch(`${server.url}${path}`, init) };
};

/** The event that a Function URL makes of a request. Every body comes as base64, as binary ones do there. */
const toEvent = async (request: Request): Promise<FunctionUrlEvent> => {
  const { pathname, search } = new URL(request.url);
  const body = Buffer.from(await request.arrayBuffer());
  return {
    version: "2.0",
    rawPath: pathname,
    rawQueryString: search.slice(1),
    headers: Object.fromEntries(request.headers),
    requestContext: {
      domainName: "localhost",
      requestId: "lambda-request",
      http: { method: request.method, path: pathname },
    },
    ...(body.length > 0 && { body: body.toString("base64") }),
    isBase64Encoded: body.length > 0,
  };
};

const throughLambda = async (app: App): Promise<Carrier> => ({
  fetch: async (path, init) => {
    const event = await toEvent(new Request(`http://localhost${path}`, init));
    const result = await toResult(await app.fetch(toRequest(event)));
    const hasNoBody = result.statusCode === 204 || result.statusCode === 304;
    const { statusCode: status, headers } = result;
    const body = Buffer.from(result.body, result.isBase64Encoded ? "base64" : "utf8");
    return new Response(hasNoBody ? null : body, { status, headers });
  },
  [Symbol.asyncDispose]: async () => undefined,
});

const carriers = {
  "in memory": { carry: inMemory, hostDeps: {} },
  "on Node": { carry: onNode, hostDeps: {} },
  "through a Lambda event": { carry: throughLambda, hostDeps: { isWaitBilled: true } },
};

/** Runs the same tests on every host, each test with an app of its own. */
export const describeOnHosts = (name: string, suite: (host: TestHost) => void): void => {
  describe.each(Object.entries(carriers))(`${name}, %s`, (_, { carry, hostDeps }) => {
    let carrier: Carrier;
    const use = async (options: TestAppOptions) => {
      await carrier?.[Symbol.asyncDispose]();
      const testApp = createTestApp({ ...options, deps: { ...hostDeps, ...options.deps } });
      carrier = await carry(testApp.app);
      return testApp;
    };
    beforeEach(async () => {
      await use({});
    });
    afterEach(async () => {
      await carrier[Symbol.asyncDispose]();
    });
    suite({
      use,
      fetch: (path, init) => carrier.fetch(path, init),
      post: (body, { type = "application/json", path = "/logs" } = {}) =>
        carrier.fetch(path, {
          method: "POST",
          headers: { "content-type": type },
          body: typeof body === "string" ? body : JSON.stringify(body),
        }),
    });
  });
};

/** The JSON of an answer, as the type that the contract gives it; the tests of the contract hold the two together. */
export const json = async <T>(response: Response | Promise<Response>): Promise<T> =>
  (await (await response).json()) as T;
