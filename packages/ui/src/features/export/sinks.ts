import type { Sink } from "./receive.ts";
import type { Format } from "./trailer.ts";

const types: Readonly<Record<Format, string>> = { ndjson: "application/x-ndjson", csv: "text/csv" };

/** Chromium has it, and pages that came safely; the types of TypeScript do not. */
type SavePicker = (options: {
  suggestedName: string;
  types: readonly { accept: Record<string, readonly string[]> }[];
}) => Promise<FileSystemFileHandle>;

const picker = (): SavePicker | undefined =>
  // The name is looked up, and nothing else is ever found under it.
  (globalThis as { showSaveFilePicker?: SavePicker }).showSaveFilePicker;

const fileSink = async (pick: SavePicker, name: string, format: Format): Promise<Sink> => {
  const accept = { [types[format]]: [`.${format}`] };
  const handle = await pick.call(globalThis, { suggestedName: name, types: [{ accept }] });
  const file = await handle.createWritable();
  return {
    write: (chunk) => file.write(chunk),
    close: () => file.close(),
    discard: () => file.abort(),
  };
};

/** Collects in memory, and is downloaded as a whole. */
const downloadSink = (name: string, format: Format): Sink => {
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  return {
    write: async (chunk) => {
      chunks.push(chunk);
    },
    close: async () => {
      const url = URL.createObjectURL(new Blob(chunks, { type: types[format] }));
      const link = document.createElement("a");
      link.href = url;
      link.download = name;
      link.click();
      // A download that has begun reads on.
      setTimeout(() => URL.revokeObjectURL(url), 60_000);
    },
    discard: async () => {
      chunks.length = 0;
    },
  };
};

/** Asks where the file shall go, where the browser can write one while it arrives. Rejects when the person thinks again. */
export const openSink = async (name: string, format: Format): Promise<Sink> => {
  const pick = picker();
  return pick ? fileSink(pick, name, format) : downloadSink(name, format);
};
