/** How far a quantile may be from a value that is there, as a share of it. */
const accuracy = 0.01;

const gamma = (1 + accuracy) / (1 - accuracy);
const perLog = 1 / Math.log(gamma);
/** Closer to 0 than this is 0. */
const smallest = 1e-9;

/**
 * Quantiles of any number of values in bounded memory: values are counted in buckets that grow by 2 %, so that a
 * quantile is within 1 % (DDSketch, VLDB 2019). Two sketches add up to the sketch of all their values.
 */
export class Sketch {
  readonly #positive = new Map<number, number>();
  readonly #negative = new Map<number, number>();
  #zeros = 0;
  #count = 0;

  add(value: number): void {
    this.#count++;
    const size = Math.abs(value);
    if (size < smallest) {
      this.#zeros++;
      return;
    }
    const buckets = value > 0 ? this.#positive : this.#negative;
    const bucket = Math.ceil(Math.log(size) * perLog);
    buckets.set(bucket, (buckets.get(bucket) ?? 0) + 1);
  }

  addAll(other: Sketch): void {
    this.#count += other.#count;
    this.#zeros += other.#zeros;
    for (const [bucket, count] of other.#positive)
      this.#positive.set(bucket, (this.#positive.get(bucket) ?? 0) + count);
    for (const [bucket, count] of other.#negative)
      this.#negative.set(bucket, (this.#negative.get(bucket) ?? 0) + count);
  }

  /** The smallest value that at least this share of all values do not exceed; undefined of none. */
  quantile(share: number): number | undefined {
    if (this.#count === 0) return undefined;
    let left = Math.max(1, Math.ceil(share * this.#count));
    const middleOf = (bucket: number) => (2 * gamma ** bucket) / (gamma + 1);
    for (const [bucket, count] of [...this.#negative].sort(([a], [b]) => b - a)) {
      left -= count;
      if (left <= 0) return -middleOf(bucket);
    }
    left -= this.#zeros;
    if (left <= 0) return 0;
    for (const [bucket, count] of [...this.#positive].sort(([a], [b]) => a - b)) {
      left -= count;
      if (left <= 0) return middleOf(bucket);
    }
    return undefined;
  }
}
