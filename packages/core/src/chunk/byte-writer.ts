import { Buffer } from "node:buffer";

/** Collects bytes in a buffer that grows, and is kept for the next chunk. */
export class ByteWriter {
  #buffer: Buffer;
  length = 0;

  constructor(bytes: number) {
    this.#buffer = Buffer.allocUnsafeSlow(bytes);
  }

  clear(): void {
    this.length = 0;
  }

  /** What has been written. It lives until the next write. */
  view(): Buffer {
    return this.#buffer.subarray(0, this.length);
  }

  /** Makes room for `bytes` more, and returns the buffer that has it behind `length`. */
  reserve(bytes: number): Buffer {
    const needed = this.length + bytes;
    if (needed > this.#buffer.length) {
      const grown = Buffer.allocUnsafeSlow(Math.max(needed, this.#buffer.length * 2));
      this.#buffer.copy(grown, 0, 0, this.length);
      this.#buffer = grown;
    }
    return this.#buffer;
  }

  byte(value: number): void {
    this.reserve(1)[this.length++] = value;
  }

  /** `value` is an integer in 0..2^53-1. */
  varint(value: number): void {
    const buffer = this.reserve(8);
    let rest = value;
    while (rest >= 0x80) {
      buffer[this.length++] = (rest % 0x80) | 0x80;
      rest = Math.floor(rest / 0x80);
    }
    buffer[this.length++] = rest;
  }

  /** `value` is an integer in -2^53+1..2^53-1; its sign is the lowest bit. */
  signed(value: number): void {
    const magnitude = Math.abs(value);
    const low = (magnitude % 0x40) * 2 + (value < 0 ? 1 : 0);
    if (magnitude < 0x40) this.byte(low);
    else {
      this.byte(low | 0x80);
      this.varint(Math.floor(magnitude / 0x40));
    }
  }

  uint32(value: number): void {
    this.reserve(4).writeUInt32LE(value, this.length);
    this.length += 4;
  }

  float64(value: number): void {
    this.reserve(8).writeDoubleLE(value, this.length);
    this.length += 8;
  }

  bytes(bytes: Uint8Array): void {
    this.reserve(bytes.length).set(bytes, this.length);
    this.length += bytes.length;
  }

  /** Writes text as UTF-8 and returns how many bytes it took. A lone surrogate becomes U+FFFD. */
  utf8(text: string): number {
    const written = this.reserve(text.length * 3).write(text, this.length, "utf8");
    this.length += written;
    return written;
  }

  /** Writes pairs of hex digits as bytes; returns false, and writes nothing, when there is another character. */
  hex(digits: string): boolean {
    const bytes = digits.length / 2;
    const written = this.reserve(bytes).write(digits, this.length, "hex");
    if (written !== bytes) return false;
    this.length += bytes;
    return true;
  }
}
