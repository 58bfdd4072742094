/** Some of the entries of one chunk, by index. */
export class EntrySet {
  /** 1 for each entry that is in the set. */
  readonly bits: Uint8Array;
  size = 0;

  constructor(count: number) {
    this.bits = new Uint8Array(count);
  }

  /** The entries from `start` to before `end`. */
  static range(count: number, start: number, end: number): EntrySet {
    const set = new EntrySet(count);
    set.bits.fill(1, start, end);
    set.size = Math.max(0, end - start);
    return set;
  }

  get isFull(): boolean {
    return this.size === this.bits.length;
  }

  has(index: number): boolean {
    return this.bits[index] === 1;
  }

  add(index: number): void {
    if (this.bits[index] === 1) return;
    this.bits[index] = 1;
    this.size++;
  }

  addAll(other: EntrySet): void {
    for (let i = 0; i < other.bits.length; i++) if (other.bits[i] === 1) this.add(i);
  }

  /** The entries that are in this set and not in the other. */
  without(other: EntrySet): EntrySet {
    const rest = new EntrySet(this.bits.length);
    for (let i = 0; i < this.bits.length; i++) {
      if (this.bits[i] === 1 && other.bits[i] === 0) rest.add(i);
    }
    return rest;
  }

  /** The entries that the test accepts. */
  filter(test: (index: number) => boolean): EntrySet {
    const kept = new EntrySet(this.bits.length);
    for (let i = 0; i < this.bits.length; i++) if (this.bits[i] === 1 && test(i)) kept.add(i);
    return kept;
  }
}
