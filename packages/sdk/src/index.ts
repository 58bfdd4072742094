import { type Client, createClientOf } from "./client.ts";
import type { ClientOptions } from "./send.ts";
import { wait } from "./wait.ts";

export type * from "./api.generated.ts";
export type { Client, IngestOptions, Pages, PagesOptions, TailOptions } from "./client.ts";
export { LogServiceError, mayPass } from "./error.ts";
export type { CallOptions, ClientOptions } from "./send.ts";

/** Creates a client of a log service. It has a method for each operation of the API, and no state. */
export const createClient = (options: ClientOptions): Client =>
  createClientOf(options, { wait, random: Math.random });
