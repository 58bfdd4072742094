import type { Alphabet } from "./alphabet.ts";
import type { Assertion } from "./node.ts";
import type { Program } from "./program.ts";
import { wordCharacters } from "./ranges.ts";

/** What stands before or behind a place, as far as assertions ask; `edge` is the beginning or the end of the text. */
const other = 0;
const newline = 1;
const word = 2;
const edge = 3;

/** States with an outcome; the search ends there. */
export const dead = 0;
export const accepted = 1;

const unknown = -1;

/** Cells of the table and steps that states wait at, together: some megabytes, whatever the text. */
const memoryMax = 1 << 19;

/** How often the table is begun anew; a text that needs more is followed without remembering states. */
const forgottenMax = 8;

/** The two states that take turns when nothing is remembered. */
const scratch = [2, 3] as const;

interface State {
  /** The steps that wait for the next character, before empty steps are followed. */
  readonly kernel: readonly number[];
  /** What stood before: `other`, `newline`, `word`, or `edge` for the beginning of the text. */
  readonly before: number;
}

/**
 * A deterministic automaton that is built while it runs: a state for each set of steps that the program can be in.
 * A character costs one look into a table, or, the first time, at most the size of the program. A match is known
 * one character late, or at the end, since assertions look at what follows.
 */
export class Dfa {
  readonly alphabet: Alphabet;
  /** By state and class, and in the last column for the end of the text: the next state, negative while unknown. */
  table: Int32Array;
  readonly width: number;
  readonly start: number;
  /** How many steps have been followed while building; the tests bound it. */
  work = 0;
  readonly #program: Program;
  readonly #members: readonly (Uint8Array | undefined)[];
  readonly #classKinds: Uint8Array;
  readonly #hasAssertions: boolean;
  /** Whether a match can only begin where the text does. */
  readonly #isAnchored: boolean;
  readonly #seen: Uint32Array;
  #round = 0;
  #states: State[] = [];
  #memory = 0;
  #forgotten = 0;
  #byKey = new Map<string, number>();

  constructor(program: Program, alphabet: Alphabet) {
    this.alphabet = alphabet;
    this.#program = program;
    this.#seen = new Uint32Array(program.steps.length);
    this.#members = createMembers(program, alphabet);
    this.#classKinds = createClassKinds(alphabet);
    this.#hasAssertions = program.steps.some((step) => step.kind === "assertion");
    const later = this.#follow([program.start], (assertion) => assertion !== "textStart");
    this.#isAnchored = later !== undefined && later.length === 0;
    this.width = alphabet.size + 1;
    this.table = new Int32Array(this.width * 16).fill(unknown);
    this.start = this.#begin();
  }

  /** Finds the state that follows on a class, or on the end of the text, and writes it into the table. */
  advance(from: number, symbol: number): number {
    const { kernel, before } = this.#states[from] ?? { kernel: [], before: other };
    const isEnd = symbol === this.alphabet.size;
    const after = isEnd ? edge : (this.#classKinds[symbol] ?? other);
    const canBegin = before === edge || !this.#isAnchored;
    const entries = canBegin ? [...kernel, this.#program.start] : kernel;
    const waiting = this.#follow(entries, (assertion) => holds(assertion, before, after));
    if (waiting === undefined) return this.#write(from, symbol, accepted);
    if (isEnd) return this.#write(from, symbol, dead);
    const next = this.#step(waiting, symbol);
    if (next.length === 0 && this.#isAnchored) return this.#write(from, symbol, dead);
    const state = { kernel: next, before: this.#hasAssertions ? after : other };
    const isFull = this.#memory + this.width + next.length > memoryMax;
    if (isFull && this.#forgotten >= forgottenMax) {
      const free = from === scratch[0] ? scratch[1] : scratch[0];
      this.#states[free] = state;
      return free;
    }
    if (isFull) {
      this.#forgotten++;
      this.#begin();
      return this.#add(state);
    }
    return this.#write(from, symbol, this.#add(state));
  }

  #write(from: number, symbol: number, next: number): number {
    // What follows on a scratch state is another one each time.
    if (from > scratch[1]) this.table[from * this.width + symbol] = next;
    return next;
  }

  /** Forgets all states but those with a fixed number, and returns the one to start from. */
  #begin(): number {
    const fixed = { kernel: [], before: other };
    this.#states = [fixed, fixed, fixed, fixed];
    this.#byKey = new Map();
    this.#memory = this.#states.length * this.width;
    this.table.fill(unknown);
    return this.#add({ kernel: [], before: edge });
  }

  #add({ kernel, before }: State): number {
    const sorted = [...new Set(kernel)].sort((a, b) => a - b);
    const key = `${before}:${sorted.join()}`;
    const found = this.#byKey.get(key);
    if (found !== undefined) return found;
    const number = this.#states.push({ kernel: sorted, before }) - 1;
    this.#memory += this.width + sorted.length;
    this.#byKey.set(key, number);
    const cells = this.#states.length * this.width;
    if (cells > this.table.length) {
      const grown = new Int32Array(cells * 2).fill(unknown);
      grown.set(this.table);
      this.table = grown;
    }
    return number;
  }

  /** Follows empty steps; returns the sets that wait for a character, undefined when the match is there. */
  #follow(
    entries: readonly number[],
    isMet: (assertion: Assertion) => boolean,
  ): number[] | undefined {
    const waiting: number[] = [];
    const open = [...entries];
    this.#round++;
    for (let at = open.pop(); at !== undefined; at = open.pop()) {
      if (this.#seen[at] === this.#round) continue;
      this.#seen[at] = this.#round;
      this.work++;
      const step = this.#program.steps[at];
      if (step === undefined || step.kind === "match") return undefined;
      if (step.kind === "set") waiting.push(at);
      else if (step.kind === "split") open.push(step.next, step.other);
      else if (isMet(step.assertion)) open.push(step.next);
    }
    return waiting;
  }

  /** Where the sets that hold a character lead; the same place perhaps more than once. */
  #step(waiting: readonly number[], symbol: number): number[] {
    const next: number[] = [];
    for (const at of waiting) {
      const step = this.#program.steps[at];
      if (step?.kind === "set" && this.#members[at]?.[symbol] === 1) next.push(step.next);
    }
    return next;
  }
}

const createMembers = (program: Program, alphabet: Alphabet): (Uint8Array | undefined)[] => {
  const known = new Map<string, Uint8Array>();
  return program.steps.map((step) => {
    if (step.kind !== "set") return undefined;
    const key = step.ranges.join();
    const members = known.get(key) ?? alphabet.membership(step.ranges);
    known.set(key, members);
    return members;
  });
};

/** What each class is to an assertion; right where the program has one that asks, since it then splits the classes. */
const createClassKinds = (alphabet: Alphabet): Uint8Array => {
  const newlines = alphabet.membership([10, 10]);
  const words = alphabet.membership(wordCharacters);
  return newlines.map((isNewline, i) =>
    isNewline === 1 ? newline : words[i] === 1 ? word : other,
  );
};

const holds = (assertion: Assertion, before: number, after: number): boolean => {
  switch (assertion) {
    case "textStart":
      return before === edge;
    case "textEnd":
      return after === edge;
    case "lineStart":
      return before === edge || before === newline;
    case "lineEnd":
      return after === edge || after === newline;
    case "wordBoundary":
      return (before === word) !== (after === word);
    case "noWordBoundary":
      return (before === word) === (after === word);
  }
};
