import type { ChunkShape } from "./chunk-shapes.ts";

/** The entries that have one shape, or one pattern. Plain data: it can come from another thread. */
export interface Tally {
  count: number;
  /** In the order of `severities`. */
  readonly severities: [number, number, number];
  /** Milliseconds since 1970. */
  firstTime: number;
  lastTime: number;
  /** The last of them in total order. */
  example: { readonly logId: string; readonly message: string };
}

/** By shape, or by pattern. */
export type Tallies = Map<string, Tally>;

/** So much of the message of an example is kept, in characters; the entry has the rest. */
const exampleLengthMax = 1000;

const toExample = (logId: string, message: string): Tally["example"] => ({
  logId,
  message: message.slice(0, exampleLengthMax),
});

/** What a tally is made of: the shape of a chunk, or another tally. */
interface Counted extends Omit<ChunkShape, "shape"> {}

const add = (tallies: Tallies, name: string, one: Counted): void => {
  const known = tallies.get(name);
  if (known === undefined) {
    const { count, severities, firstTime, lastTime } = one;
    const example = toExample(one.exampleId(), one.exampleMessage());
    tallies.set(name, { count, severities: [...severities], firstTime, lastTime, example });
    return;
  }
  const isLater =
    one.lastTime > known.lastTime ||
    (one.lastTime === known.lastTime && one.exampleId() > known.example.logId);
  if (isLater) known.example = toExample(one.exampleId(), one.exampleMessage());
  known.count += one.count;
  for (let code = 0; code < 3; code++) known.severities[code]! += one.severities[code]!;
  known.firstTime = Math.min(known.firstTime, one.firstTime);
  known.lastTime = Math.max(known.lastTime, one.lastTime);
};

/** Adds the shape of a chunk. The message of its example is read only where it becomes that of the tally. */
export const addShape = (tallies: Tallies, name: string, one: ChunkShape): void =>
  add(tallies, name, one);

/** Adds a tally to those that there are, under a name. */
export const addTally = (tallies: Tallies, name: string, one: Tally): void => {
  const { example } = one;
  const { logId, message } = example;
  add(tallies, name, { ...one, exampleId: () => logId, exampleMessage: () => message });
};

/** Puts the tallies of shapes that belong to one pattern together. */
export const regroup = (
  tallies: ReadonlyMap<string, Tally>,
  patternOf: ReadonlyMap<string, string>,
): Tallies => {
  const grouped: Tallies = new Map();
  for (const [shape, tally] of tallies) addTally(grouped, patternOf.get(shape) ?? shape, tally);
  return grouped;
};
