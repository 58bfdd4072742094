import type { Readable } from "node:stream";
import type { ErasureRequests, LogService, Usage } from "@log-service/core/service";
import type { Access, Principal } from "./access/access.ts";
import type { OpenStream } from "./access/open-streams.ts";
import type { Quotas } from "./access/quotas.ts";
import type { Log } from "./log.ts";
import type { Metrics } from "./metrics.ts";
import type { BodyBudget } from "./middleware/body-budget.ts";
import type { CorsPolicy } from "./middleware/cors.ts";
import type { Turns } from "./middleware/inflate.ts";
import type { SetTimer } from "./timer.ts";

/** What the app is made of. */
export interface AppDeps {
  readonly service: LogService;
  readonly access: Access;
  /** What senders may send; undefined where nothing limits them. */
  readonly quotas?: Quotas | undefined;
  /** Undefined where streams are not limited. */
  readonly openStream?: OpenStream | undefined;
  readonly usage: Pick<Usage, "read">;
  /** Undefined where nothing is erased. */
  readonly erasures?: ErasureRequests | undefined;
  readonly log: Log;
  readonly metrics: Metrics;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Milliseconds since anything; it never goes backwards. */
  readonly uptimeMs: () => number;
  readonly newRequestId: () => string;
  readonly bodyBudget: BodyBudget;
  readonly decoderTurns: Turns;
  /** The most bytes of a body, as sent and again after decompression. */
  readonly bodyBytesMax: number;
  /** Another limit after decompression, where the host takes less over its line. */
  readonly inflatedBytesMax?: number | undefined;
  /** The most bytes of an answer of any size, where the host cannot send one while it is made. */
  readonly bufferedBytesMax?: number | undefined;
  /** Node's own timers without it. */
  readonly setTimer?: SetTimer | undefined;
  /** Whether the host pays for the time that a request waits: nobody waits then. */
  readonly isWaitBilled?: boolean | undefined;
  /** Aborts when the host is asked to stop: whoever waits is answered. */
  readonly stopping?: AbortSignal | undefined;
  readonly cors: CorsPolicy;
}

/** What a host knows of a request beyond the standard `Request`. */
export interface HostRequest {
  /** The body, where the host has a cheaper stream of it than that of the `Request`. */
  readonly bodyStream?: Readable;
}

/** A request that was let in. */
export interface Call {
  readonly deps: AppDeps;
  readonly request: Request;
  readonly host: HostRequest;
  readonly requestId: string;
  readonly tenant: string;
  /** Who asks; undefined on routes that answer anyone. */
  readonly principal: Principal | undefined;
  readonly search: URLSearchParams;
  /** The parameters of the path, decoded. */
  param(name: string): string;
}

/** An answer before it goes out: what all answers share is added to its headers in one place. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array<ArrayBuffer> | ReadableStream<Uint8Array> | null;
}

/** Answers one route. What it throws as a `LogServiceError` becomes a problem+json answer. */
export type Handler = (call: Call) => Promise<Answer>;
