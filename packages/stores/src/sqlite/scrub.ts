import { Buffer } from "node:buffer";
import { closeSync, fdatasyncSync, openSync, readSync, writeSync } from "node:fs";
import { DamagedFileError } from "./errors.ts";
import { pageBytes } from "./schema.ts";

/** Pages of a table: https://www.sqlite.org/fileformat.html#b_tree_pages */
const pageKinds = { interior: 0x05, leaf: 0x0d } as const;
const headerBytes = { interior: 12, leaf: 8 } as const;
const offsets = { cellCount: 3, contentStart: 5, rightChild: 8 } as const;

interface Pages {
  read(number: number): Buffer;
  /** Writes a part of a page that SQLite never reads. */
  zero(number: number, start: number, end: number): void;
}

const openPages = (descriptor: number): Pages => {
  const zeros = Buffer.alloc(pageBytes);
  const placeOf = (number: number) => (number - 1) * pageBytes;
  return {
    read: (number) => {
      const page = Buffer.alloc(pageBytes);
      const read = readSync(descriptor, page, 0, pageBytes, placeOf(number));
      if (number < 2 || read < pageBytes) throw new DamagedFileError(`there is no page ${number}`);
      return page;
    },
    zero: (number, start, end) => {
      writeSync(descriptor, zeros, 0, end - start, placeOf(number) + start);
    },
  };
};

const cellPlaces = (page: Buffer, header: number): number[] =>
  Array.from({ length: page.readUInt16BE(offsets.cellCount) }, (_, cell) =>
    page.readUInt16BE(header + cell * 2),
  );

const childrenOf = (page: Buffer): number[] => [
  ...cellPlaces(page, headerBytes.interior).map((place) => page.readUInt32BE(place)),
  page.readUInt32BE(offsets.rightChild),
];

/** What lies between the list of a leaf's cells and the first of them. */
const gapOf = (page: Buffer): { readonly start: number; readonly end: number } => {
  const start = headerBytes.leaf + page.readUInt16BE(offsets.cellCount) * 2;
  const end = page.readUInt16BE(offsets.contentStart);
  if (start > end || end > pageBytes) throw new DamagedFileError("a page contradicts itself");
  return { start, end };
};

/** Overwrites the gaps of a table's leaves; returns how many there were with something in them. */
const scrubTable = (pages: Pages, root: number): number => {
  const waiting = [root];
  const seen = new Set<number>();
  let scrubbed = 0;
  for (let number = waiting.pop(); number !== undefined; number = waiting.pop()) {
    if (seen.has(number)) throw new DamagedFileError("the pages of a table go in circles");
    seen.add(number);
    const page = pages.read(number);
    if (page[0] === pageKinds.interior) {
      waiting.push(...childrenOf(page));
      continue;
    }
    if (page[0] !== pageKinds.leaf) throw new DamagedFileError(`page ${number} is no table's`);
    const { start, end } = gapOf(page);
    if (page.subarray(start, end).every((byte) => byte === 0)) continue;
    pages.zero(number, start, end);
    scrubbed += 1;
  }
  return scrubbed;
};

/**
 * Overwrites what SQLite leaves of rows where they were before it moved them to other pages: `secure_delete` zeroes the
 * place of a row that is deleted, and not the place that a page's rows had before they were laid out anew. The file must be
 * closed and have no log. Killed midway, it harms nothing: SQLite never reads these bytes.
 */
export const scrubTables = (path: string, roots: readonly number[]): number => {
  const descriptor = openSync(path, "r+");
  try {
    const pages = openPages(descriptor);
    const scrubbed = roots.reduce((sum, root) => sum + scrubTable(pages, root), 0);
    if (scrubbed > 0) fdatasyncSync(descriptor);
    return scrubbed;
  } catch (error) {
    // A damaged page may lead anywhere within it.
    if (error instanceof RangeError) throw new DamagedFileError("a page contradicts itself");
    throw error;
  } finally {
    closeSync(descriptor);
  }
};
