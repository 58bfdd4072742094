/** How far a quantile may be from a value that is there, as a share of it. */
const accuracy = 0.01;

const gamma = (1 + accuracy) / (1 - accuracy);
const perLog = 1 / Math.log(gamma);
/** Closer to 0 than this is 0. */
const smallest = 1e-9;

const middleOf = (bucket: number): number => (2 * gamma ** bucket) / (gamma + 1);

interface BucketsData {
  /** The bucket of the first count. */
  readonly base: number;
  readonly counts: Float64Array;
}

/** A sketch as data that can go to another thread. */
export interface SketchData {
  readonly zeros: number;
  readonly positive: BucketsData;
  readonly negative: BucketsData;
}

/** Counts by bucket, in an array that reaches from the smallest bucket to the largest: at most some 37,000. */
class Buckets {
  #counts = new Float64Array(0);
  #base = 0;

  add(bucket: number, count: number): void {
    const place = bucket - this.#base;
    if (place < 0 || place >= this.#counts.length) this.#growTo(bucket);
    this.#counts[bucket - this.#base]! += count;
  }

  #growTo(bucket: number): void {
    const length = this.#counts.length;
    const margin = Math.max(16, length >> 1);
    const base = length === 0 ? bucket - margin : Math.min(this.#base, bucket - margin);
    const end = Math.max(this.#base + length, bucket + margin);
    const grown = new Float64Array(end - base);
    if (length > 0) grown.set(this.#counts, this.#base - base);
    this.#counts = grown;
    this.#base = base;
  }

  get data(): BucketsData {
    return { base: this.#base, counts: this.#counts };
  }

  /** Returns how many were added. */
  addAll({ base, counts }: BucketsData): number {
    let total = 0;
    for (let place = 0; place < counts.length; place++) {
      if (counts[place]! === 0) continue;
      this.add(base + place, counts[place]!);
      total += counts[place]!;
    }
    return total;
  }

  /** The buckets that are not empty, ascending. */
  filled(): [bucket: number, count: number][] {
    const filled: [number, number][] = [];
    for (let place = 0; place < this.#counts.length; place++) {
      if (this.#counts[place]! > 0) filled.push([place + this.#base, this.#counts[place]!]);
    }
    return filled;
  }
}

/**
 * Quantiles of any number of values in bounded memory: values are counted in buckets that grow by 2 %, so that a
 * quantile is within 1 % (DDSketch, VLDB 2019). Two sketches add up to the sketch of all their values.
 */
export class Sketch {
  readonly #positive = new Buckets();
  readonly #negative = new Buckets();
  #zeros = 0;
  #count = 0;

  add(value: number): void {
    this.#count++;
    const size = Math.abs(value);
    if (size < smallest) this.#zeros++;
    else (value > 0 ? this.#positive : this.#negative).add(Math.ceil(Math.log(size) * perLog), 1);
  }

  get data(): SketchData {
    return {
      zeros: this.#zeros,
      positive: this.#positive.data,
      negative: this.#negative.data,
    };
  }

  addAll({ zeros, positive, negative }: SketchData): void {
    this.#zeros += zeros;
    this.#count += zeros + this.#positive.addAll(positive) + this.#negative.addAll(negative);
  }

  /** The smallest value that at least this share of all values do not exceed; undefined of none. */
  quantile(share: number): number | undefined {
    if (this.#count === 0) return undefined;
    let left = Math.max(1, Math.ceil(share * this.#count));
    for (const [bucket, count] of this.#negative.filled().reverse()) {
      left -= count;
      if (left <= 0) return -middleOf(bucket);
    }
    left -= this.#zeros;
    if (left <= 0) return 0;
    for (const [bucket, count] of this.#positive.filled()) {
      left -= count;
      if (left <= 0) return middleOf(bucket);
    }
    return undefined;
  }
}
