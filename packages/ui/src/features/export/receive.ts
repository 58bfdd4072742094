/** Where a file goes. What was written is there after `close`, and gone after `discard`. */
export interface Sink {
  readonly write: (chunk: Uint8Array<ArrayBuffer>) => Promise<void>;
  readonly close: () => Promise<void>;
  readonly discard: () => Promise<void>;
}

export interface Received {
  readonly bytes: number;
  /** The last of the text, long enough for what is said at its end. */
  readonly end: string;
  /** Why it stopped before its end; undefined when it is whole. */
  readonly brokenBy: Error | undefined;
}

const endBytes = 65_536;

const joined = (end: Uint8Array, chunk: Uint8Array): Uint8Array => {
  if (chunk.length >= endBytes) return chunk.slice(-endBytes);
  const kept = end.subarray(Math.max(0, end.length + chunk.length - endBytes));
  const both = new Uint8Array(kept.length + chunk.length);
  both.set(kept);
  both.set(chunk, kept.length);
  return both;
};

/**
 * Writes a body as it comes, no faster than it is taken. A body that breaks off leaves what has come; one that is
 * cancelled by the signal, or cannot be written, leaves nothing, and rejects.
 */
export const receive = async (
  body: AsyncIterable<Uint8Array<ArrayBuffer>>,
  sink: Sink,
  onProgress: (bytes: number) => void,
  signal: AbortSignal,
): Promise<Received> => {
  let bytes = 0;
  let end: Uint8Array = new Uint8Array();
  let brokenBy: Error | undefined;
  let isWriting = false;
  try {
    for await (const chunk of body) {
      isWriting = true;
      await sink.write(chunk);
      isWriting = false;
      bytes += chunk.length;
      end = joined(end, chunk);
      onProgress(bytes);
    }
  } catch (error) {
    if (signal.aborted || isWriting) {
      await sink.discard();
      throw error;
    }
    brokenBy = error instanceof Error ? error : new Error(`${error}`);
  }
  await sink.close();
  return { bytes, end: new TextDecoder().decode(end), brokenBy };
};
