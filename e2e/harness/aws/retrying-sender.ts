import { randomUUID } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import type { Random } from "../random.ts";

interface SenderOptions {
  readonly url: string;
  readonly key: string;
  readonly name: string;
  readonly batches: number;
  readonly random: Random;
}

export interface SenderReport {
  readonly entries: number;
  /** Requests that were sent again since their answer was lost or said to. */
  readonly sentAgain: number;
}

/** Entries of some minutes, so that a batch is several chunks, each a write of its own. */
const batchOf = ({ name, random }: SenderOptions, from: number, size: number): string =>
  Array.from({ length: size }, (_, index) =>
    JSON.stringify({
      timestamp: Date.now() - random.integer(0, 5 * 60_000),
      severity: "info",
      service: "retrying-sender",
      message: `${name} number ${from + index}`,
      producer: name,
      seq: from + index,
    }),
  ).join("\n");

/** Sends batches with an `Idempotency-Key`, each again and again until it is acknowledged. */
export const sendWithRetries = async (options: SenderOptions): Promise<SenderReport> => {
  const { url, key, random } = options;
  let entries = 0;
  let sentAgain = 0;
  for (let batch = 0; batch < options.batches; batch++) {
    const size = random.integer(1, 400);
    const body = batchOf(options, entries, size);
    const headers = {
      "content-type": "application/x-ndjson",
      authorization: `Bearer ${key}`,
      "idempotency-key": randomUUID(),
    };
    for (let attempt = 0; ; attempt++) {
      const init = { method: "POST", headers, body, signal: AbortSignal.timeout(30_000) };
      const response = await fetch(url, init).catch(() => undefined);
      const text = await response?.text().catch(() => undefined);
      if (response?.status === 201 && text?.includes(`"accepted":${size},`)) break;
      if (response !== undefined && response.status < 500)
        throw new Error(`${response.status} ${text}`);
      if (attempt === 50) throw new Error("a batch was never acknowledged");
      sentAgain += 1;
      await wait(20);
    }
    entries += size;
  }
  return { entries, sentAgain };
};

/** Every entry of a service, page by page. */
export const readService = async (
  url: string,
  key: string,
): Promise<{ producer: string; seq: number }[]> => {
  const found: { producer: string; seq: number }[] = [];
  for (let cursor = ""; ; ) {
    const response = await fetch(`${url}/logs?service=retrying-sender&limit=1000${cursor}`, {
      headers: { authorization: `Bearer ${key}` },
    });
    const page: { logs: { attributes: { producer: string; seq: number } }[]; nextCursor: string } =
      JSON.parse(await response.text());
    found.push(...page.logs.map(({ attributes }) => attributes));
    if (page.nextCursor === null) return found;
    cursor = `&cursor=${page.nextCursor}`;
  }
};
