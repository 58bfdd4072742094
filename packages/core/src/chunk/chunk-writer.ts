import { ByteWriter } from "./byte-writer.ts";

/** Where the columns of one chunk are written: the streams of `layout.ts`, and room for numbers on their way there. */
export interface ChunkWriter {
  readonly directory: ByteWriter;
  readonly packed: ByteWriter;
  readonly strings: ByteWriter;
  readonly messages: ByteWriter;
  readonly templates: ByteWriter;
  /** Not a part of the chunk: room to work in. */
  readonly draft: ByteWriter;
  /** Room for at least `count` numbers to be encoded. What is in it lives until the next call. */
  numbers(count: number): Float64Array;
  /** Room in which `count` numbers are encoded. What is in it lives until the next call. */
  numberDraft(count: number): NumberDraft;
  /** Room for at least `count` places in the draft, and what was in it before. */
  places(count: number): Uint32Array;
  /** Empties it for the next chunk. */
  clear(): void;
}

/** Numbers on their way into a chunk. */
export interface NumberDraft {
  /** At least as many as there are numbers. */
  readonly offsets: Float64Array;
  /** How many numbers have each width, in bits. */
  readonly widths: Uint32Array;
}

const initialNumbers = 2048;
const widthsOfNumbers = 54;
const initialBytes = 1 << 14;

export const createChunkWriter = (): ChunkWriter => {
  let numbers = new Float64Array(initialNumbers);
  let places = new Uint32Array(initialNumbers);
  let draft: NumberDraft = {
    offsets: new Float64Array(initialNumbers),
    widths: new Uint32Array(widthsOfNumbers),
  };
  const streams = {
    directory: new ByteWriter(initialBytes),
    packed: new ByteWriter(initialBytes),
    strings: new ByteWriter(initialBytes),
    messages: new ByteWriter(initialBytes),
    templates: new ByteWriter(initialBytes),
    draft: new ByteWriter(initialBytes),
  };
  return {
    ...streams,
    numbers: (count) => {
      if (numbers.length < count) numbers = new Float64Array(count);
      return numbers;
    },
    numberDraft: (count) => {
      if (draft.offsets.length < count) draft = { ...draft, offsets: new Float64Array(count) };
      return draft;
    },
    places: (count) => {
      if (places.length < count) {
        const grown = new Uint32Array(count);
        grown.set(places);
        places = grown;
      }
      return places;
    },
    clear: () => {
      for (const stream of Object.values(streams)) stream.clear();
    },
  };
};
