import type { Buffer } from "node:buffer";
import { corrupt } from "./corrupt.ts";

/** Reads bytes from front to back, never past their end. */
export class ByteReader {
  readonly buffer: Buffer;
  position: number;

  constructor(buffer: Buffer, position = 0) {
    this.buffer = buffer;
    this.position = position;
  }

  /** Moves on by `bytes` and returns where it was. */
  skip(bytes: number): number {
    const start = this.position;
    if (start + bytes > this.buffer.length) throw corrupt("it ends too early");
    this.position = start + bytes;
    return start;
  }

  byte(): number {
    return this.buffer[this.skip(1)]!;
  }

  varint(): number {
    let value = 0;
    let factor = 1;
    for (;;) {
      const byte = this.byte();
      value += (byte & 0x7f) * factor;
      if (byte < 0x80) break;
      factor *= 0x80;
    }
    if (value > Number.MAX_SAFE_INTEGER) throw corrupt("a number is too large");
    return value;
  }

  /** Moves on behind so many varints. A signed number ends as a varint does. */
  skipVarints(count: number): void {
    const { buffer } = this;
    let { position } = this;
    for (let left = count; left > 0; position++) {
      if (position >= buffer.length) throw corrupt("it ends too early");
      if (buffer[position]! < 0x80) left--;
    }
    this.position = position;
  }

  signed(): number {
    const first = this.byte();
    const magnitude = ((first & 0x7f) >> 1) + (first < 0x80 ? 0 : this.varint() * 0x40);
    return (first & 1) === 1 ? -magnitude : magnitude;
  }

  uint32(): number {
    return this.buffer.readUInt32LE(this.skip(4));
  }

  float64(): number {
    return this.buffer.readDoubleLE(this.skip(8));
  }

  bytes(count: number): Buffer {
    const start = this.skip(count);
    return this.buffer.subarray(start, start + count);
  }
}
