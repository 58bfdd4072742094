import { Buffer } from "node:buffer";
import { idFromBytes, idToBytes, timeOfId } from "@log-service/core";
import { invalidArrival } from "../arrival-position.ts";

/** What a tail knows between two reads. */
export interface ArrivalPlace {
  /** Below this id nothing is looked for any more. */
  readonly floor: string;
  /** The chunks at or above the floor that have been seen, by their ids, ascending. */
  readonly seen: readonly string[];
  /** When the end of time was last read to its end, in milliseconds since 1970. */
  readonly readAt: number;
  /** When that went far back. */
  readonly lookedAt: number;
}

/** How many chunks are remembered; when more were seen, the floor rises. A position has room for so many. */
const seenMax = 96;

/**
 * Adds chunks to those that were seen. The oldest are forgotten, and the floor rises above them: since chunks are taken in
 * the order of their ids, nothing that is still to come lies below it.
 */
export const addSeen = (
  { floor, seen }: Pick<ArrivalPlace, "floor" | "seen">,
  ids: readonly string[],
  floorMin: string,
): Pick<ArrivalPlace, "floor" | "seen"> => {
  const all = [...seen, ...ids].sort();
  const forgotten = all[all.length - 1 - seenMax] ?? "";
  const kept = all.slice(-seenMax).filter((id) => id >= floorMin);
  // No chunk is below the one that was forgotten and above the next: an id is followed by those of its entries.
  const floors = [floor, floorMin, forgotten === "" ? "" : (all.at(-seenMax) ?? "")];
  return { floor: floors.sort().at(-1) ?? floor, seen: kept };
};

/** Three bytes of the milliseconds above the floor, and eight of what is not the same in all ids. */
const keyBytes = 11;

const writeId = (id: string, floorTime: number, into: Buffer, offset: number): void => {
  const bytes = idToBytes(id);
  into.writeUIntBE(timeOfId(id) - floorTime, offset, 3);
  bytes.copy(into, offset + 3, 6, 14);
  // The version is known; the ordinal's last two bits take its place.
  into[offset + 3] = (bytes[6]! & 0x0f) | ((bytes[14]! >> 6) << 4);
};

const readId = (from: Buffer, floorTime: number, offset: number): string => {
  const bytes = Buffer.alloc(16);
  bytes.writeUIntBE(floorTime + from.readUIntBE(offset, 3), 0, 6);
  from.copy(bytes, 6, offset + 3, offset + keyBytes);
  bytes[14] = (bytes[6]! >> 4) << 6;
  bytes[6] = 0x70 | (bytes[6]! & 0x0f);
  return idFromBytes(bytes);
};

const timesAboveFloorMax = 2 ** 24 - 1;
const floorTimeMax = 2 ** 48 - 1 - timesAboveFloorMax;
const shape = /^([0-9a-z]{1,9})\.([0-9a-z]{1,9})\.([A-Za-z0-9_-]{22})\.([A-Za-z0-9_-]{0,1430})$/;

export const printPlace = ({ floor, seen, readAt, lookedAt }: ArrivalPlace): string => {
  const floorTime = timeOfId(floor);
  // What is hours ahead of all else is not remembered, and so may come twice; no entry of the ingest path is.
  const near = seen.filter((id) => timeOfId(id) - floorTime <= timesAboveFloorMax);
  const bytes = Buffer.alloc(near.length * keyBytes);
  for (const [index, id] of near.entries()) writeId(id, floorTime, bytes, index * keyBytes);
  const floorText = idToBytes(floor).toString("base64url");
  const times = [readAt, lookedAt].map((time) => time.toString(36));
  return [...times, floorText, bytes.toString("base64url")].join(".");
};

/** Throws CURSOR_INVALID for a text that `printPlace` has not written. */
export const parsePlace = (text: string): ArrivalPlace => {
  const [whole, readAt = "", lookedAt = "", floorText = "", seenText = ""] = shape.exec(text) ?? [];
  const bytes = Buffer.from(seenText, "base64url");
  if (whole === undefined || bytes.length % keyBytes !== 0) throw invalidArrival();
  const floor = idFromBytes(Buffer.from(floorText, "base64url"));
  // Above it the times of ids would have more than their 48 bits.
  if (timeOfId(floor) > floorTimeMax) throw invalidArrival();
  return {
    floor,
    readAt: Number.parseInt(readAt, 36),
    lookedAt: Number.parseInt(lookedAt, 36),
    seen: Array.from({ length: bytes.length / keyBytes }, (_, index) =>
      readId(bytes, timeOfId(floor), index * keyBytes),
    ),
  };
};
