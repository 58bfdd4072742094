import type { Warning } from "@log-service/contract";
import { isLogServiceError } from "@log-service/core";
import type { TailPage } from "@log-service/core/service";
import type { Call } from "../../handler.ts";
import type { ReadTail } from "./read.ts";
import { retryAfterMs } from "./retry.ts";
import { createWaiting } from "./waiting.ts";

/** Proxies close what is silent for longer. */
export const keepAliveMs = 15_000;

/** How long a stream goes on before its key is looked at again. */
const checkKeyMs = 60_000;

const event = (name: string, data: string, id?: string): string =>
  `event: ${name}\n${id === undefined ? "" : `id: ${id}\n`}data: ${data}\n\n`;

const warningEvents = (warnings: readonly Warning[]): string =>
  warnings.map((warning) => event("warning", JSON.stringify(warning))).join("");

const eventsOf = (page: TailPage): string => {
  const entries = page.lines.map((line, index) => event("entry", line, page.cursorAt(index)));
  const resync = page.isResync ? event("resync", "{}", page.nextCursor) : "";
  return resync + entries.join("") + warningEvents(page.warnings);
};

/** Sets the cursor to go on from, and nothing else: a reader need not come back to what does not match. */
const idOnly = (cursor: string): string => `id: ${cursor}\n\n`;

interface StreamTask {
  readonly read: ReadTail;
  readonly cursor: string | undefined;
  readonly hints: readonly Warning[];
  /** Aborts when the reader has gone. */
  readonly signal: AbortSignal;
}

/** Whether who asked may read. A key can be withdrawn while a stream lasts. */
const mayRead = async ({ deps, request, tenant }: Call): Promise<boolean> => {
  try {
    const principal = await deps.access.authenticate(request.headers);
    return principal.tenant === tenant && principal.scopes.includes("read");
  } catch (error) {
    if (!isLogServiceError(error) || error.kind === "unavailable") throw error;
    return false;
  }
};

/** What a stream has told its reader. */
class Outbox {
  readonly #uptimeMs: () => number;
  /** The cursor that the reader would go on from. */
  #told: string | undefined;
  #sentAt: number;

  constructor(uptimeMs: () => number, told: string | undefined) {
    this.#uptimeMs = uptimeMs;
    this.#told = told;
    this.#sentAt = uptimeMs();
  }

  /** How long it may be silent yet, in milliseconds. */
  get leftMs(): number {
    return this.#sentAt + keepAliveMs - this.#uptimeMs();
  }

  /** The text of a page; with `isWhole` it leads behind what does not match, too. */
  page(page: TailPage, isWhole: boolean): string {
    const last = page.isResync ? page.nextCursor : this.#told;
    this.#told = page.lines.length > 0 ? page.cursorAt(page.lines.length - 1) : last;
    this.#sentAt = this.#uptimeMs();
    const text = eventsOf(page);
    return isWhole || this.#told === undefined ? text + this.#idOf(page.nextCursor) : text;
  }

  /** A sign of life; it leads behind what did not match. */
  keepAlive(cursor: string): string {
    this.#sentAt = this.#uptimeMs();
    return `: keep-alive\n${this.#idOf(cursor) || "\n"}`;
  }

  #idOf(cursor: string): string {
    if (this.#told === cursor) return "";
    this.#told = cursor;
    return idOnly(cursor);
  }
}

/** Tells, each minute, whether who asked may still read. */
const createGuard = (call: Call): (() => Promise<boolean>) => {
  const { uptimeMs } = call.deps;
  let checkedAt = uptimeMs();
  return async () => {
    if (uptimeMs() - checkedAt < checkKeyMs) return true;
    checkedAt = uptimeMs();
    return mayRead(call);
  };
};

/** What to send of a page; nothing when there is nothing to tell. */
const textOf = (outbox: Outbox, page: TailPage): string => {
  const isNews = page.lines.length > 0 || page.isResync || page.warnings.length > 0;
  if (isNews) return outbox.page(page, false);
  return outbox.leftMs <= 0 ? outbox.keepAlive(page.nextCursor) : "";
};

async function* follow(call: Call, task: StreamTask): AsyncGenerator<string> {
  const { deps, tenant, principal } = call;
  const { uptimeMs, isWaitBilled = false } = deps;
  using _ = principal && deps.openStream?.(principal);
  using waiting = createWaiting(deps, tenant, task.signal);
  const outbox = new Outbox(uptimeMs, task.cursor);
  const mayGoOn = createGuard(call);
  let page = await task.read(task.cursor, task.signal);
  const hints = warningEvents(task.hints);
  yield `retry: ${retryAfterMs(deps, page)}\n\n${hints}${outbox.page(page, isWaitBilled)}`;
  while (!isWaitBilled && !waiting.isOver && (await mayGoOn())) {
    const isDue = page.hasMore || (await waiting.forNews(outbox.leftMs));
    if (isDue) {
      waiting.begin();
      page = await task.read(page.nextCursor, task.signal);
      const text = textOf(outbox, page);
      if (text !== "") yield text;
    } else if (outbox.leftMs <= 0) yield outbox.keepAlive(page.nextCursor);
  }
}

/**
 * The events of a stream. It ends when the host stops, when the key is no longer good, and when the store does not answer:
 * the reader connects again then, and goes on from the last event that it has seen.
 */
export async function* events(call: Call, task: StreamTask): AsyncGenerator<string> {
  let isBegun = false;
  try {
    for await (const text of follow(call, task)) {
      isBegun = true;
      yield text;
    }
  } catch (error) {
    if (task.signal.aborted) return;
    // What fails at once is an answer of its own.
    if (!isBegun || !isLogServiceError(error) || error.kind !== "unavailable") throw error;
    const { code } = error;
    call.deps.log.warn("a stream was ended", { requestId: call.requestId, code });
    yield `: ${code}\n\n`;
  }
}
