import { Readable } from "node:stream";
import { LogServiceError } from "@log-service/core";
import type { BodyBudget } from "./body-budget.ts";
import { type ByteCollector, createByteCollector } from "./byte-collector.ts";
import { decoderFor, inflate, type Turns } from "./inflate.ts";

/** The bytes of a body as they arrive; an empty list for no body. */
type BodySource = Readable | AsyncIterable<Uint8Array> | Iterable<Uint8Array>;

type AddPart = (part: Uint8Array) => void;

/**
 * Listens to a stream: cheaper than iterating it, and a stream that is left early stays open, so that the refusal
 * still gets out on its socket.
 */
const listenTo = (stream: Readable, add: AddPart): Promise<void> =>
  new Promise((resolve, reject) => {
    const stop = () => {
      stream.off("data", onData).off("end", onEnd).off("error", onBroken).off("close", onBroken);
    };
    const onEnd = () => {
      stop();
      resolve();
    };
    const onBroken = (cause?: unknown) => {
      stop();
      reject(new LogServiceError("BODY_INVALID", "the body broke off before its end", { cause }));
    };
    const onData = (part: Uint8Array) => {
      try {
        add(part);
      } catch (error) {
        stop();
        reject(error);
      }
    };
    stream.on("data", onData).on("end", onEnd).on("error", onBroken).on("close", onBroken);
  });

const pump = async (source: BodySource, add: AddPart): Promise<void> => {
  if (source instanceof Readable) await listenTo(source, add);
  else for await (const part of source) add(part);
};

interface ReadOptions {
  readonly source: BodySource;
  readonly contentLength: string | null;
  readonly contentEncoding: string | null;
  /** The most bytes, as sent and again after decompression. */
  readonly bytesMax: number;
  /** Another limit after decompression, where the host takes less over its line. */
  readonly inflatedBytesMax?: number | undefined;
  readonly budget: BodyBudget;
  /** Bodies are decoded when they have arrived, some at a time: a slow sender holds no decoder. */
  readonly decoderTurns: Turns;
}

/** A body that was read. Give it back when its request is done: it holds a part of the budget. */
export interface HeldBody extends Disposable {
  readonly bytes: Uint8Array<ArrayBuffer>;
}

const hold = (collector: ByteCollector): HeldBody => ({
  bytes: collector.finish(),
  [Symbol.dispose]: () => collector[Symbol.dispose](),
});

/** Fills a collector; when that fails, what it held is given back. */
const collect = async (
  collector: ByteCollector,
  fill: (add: AddPart) => Promise<void>,
): Promise<HeldBody> => {
  try {
    await fill(collector.add);
    return hold(collector);
  } catch (error) {
    collector[Symbol.dispose]();
    throw error;
  }
};

/**
 * Reads a body whole. Throws BODY_TOO_LARGE, CONTENT_ENCODING_UNSUPPORTED, BODY_INVALID (not what its encoding says)
 * and BUSY (the bodies in flight use up the budget).
 */
export const readBody = async (options: ReadOptions): Promise<HeldBody> => {
  const { source, contentLength, contentEncoding, bytesMax, budget, decoderTurns } = options;
  const said = Number(contentLength);
  const bytesExpected = Number.isSafeInteger(said) && said > 0 ? said : 0;
  if (bytesExpected > bytesMax)
    throw new LogServiceError(
      "BODY_TOO_LARGE",
      `the body is ${contentLength} bytes; the limit is ${bytesMax} bytes`,
    );
  const createDecoder = decoderFor(contentEncoding);
  const collector = createByteCollector({ bytesMax, budget, what: "the body", bytesExpected });
  const sent = await collect(collector, (add) => pump(source, add));
  if (createDecoder === undefined) return sent;
  using compressed = sent;
  const what = "the decompressed body";
  const inflated = createByteCollector({
    bytesMax: options.inflatedBytesMax ?? bytesMax,
    budget,
    what,
    bytesExpected: 0,
  });
  return await collect(inflated, (add) =>
    decoderTurns(() => inflate(compressed.bytes, createDecoder(), add)),
  );
};
