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

const addTally = (
  sum: Tally,
  one: Omit<Tally, "example">,
  logId: string,
  message: () => string,
) => {
  const isLater =
    one.lastTime > sum.lastTime || (one.lastTime === sum.lastTime && logId > sum.example.logId);
  if (isLater) sum.example = toExample(logId, message());
  sum.count += one.count;
  for (let code = 0; code < 3; code++) sum.severities[code]! += one.severities[code]!;
  sum.firstTime = Math.min(sum.firstTime, one.firstTime);
  sum.lastTime = Math.max(sum.lastTime, one.lastTime);
};

/** Adds the shape of a chunk. The message of its example is read only where it becomes that of the tally. */
export const addShape = (tallies: Tallies, one: ChunkShape): void => {
  const { count, severities, firstTime, lastTime, exampleId } = one;
  const known = tallies.get(one.shape);
  if (known !== undefined) addTally(known, one, exampleId, one.exampleMessage);
  else {
    const example = toExample(exampleId, one.exampleMessage());
    tallies.set(one.shape, { count, severities: [...severities], firstTime, lastTime, example });
  }
};

/** Adds a tally to those that there are, under a name. */
export const addUnder = (tallies: Tallies, name: string, one: Tally): void => {
  const known = tallies.get(name);
  if (known !== undefined) addTally(known, one, one.example.logId, () => one.example.message);
  else tallies.set(name, { ...one, severities: [...one.severities] });
};

/** Puts the tallies of shapes that belong to one pattern together. */
export const regroup = (
  tallies: ReadonlyMap<string, Tally>,
  patternOf: ReadonlyMap<string, string>,
): Tallies => {
  const grouped: Tallies = new Map();
  for (const [shape, tally] of tallies) addUnder(grouped, patternOf.get(shape) ?? shape, tally);
  return grouped;
};
