/** What of a key press matters here. */
export interface Press {
  readonly key: string;
  /** Whether Ctrl, or the command key, is held. */
  readonly isCommand: boolean;
  readonly isShift: boolean;
}

/** What the box shows when a key is pressed. */
export interface BoxState {
  /** How many items are offered; 0 where none are. */
  readonly count: number;
  /** The item that has been chosen; -1 for none. */
  readonly active: number;
  /** Whether Tab accepts the first item when none has been chosen. */
  readonly isBegun: boolean;
  readonly isAtEnd: boolean;
  readonly isEmpty: boolean;
  /** Whether the text is a query of before, brought back. */
  readonly isRecalled: boolean;
}

export type Action =
  | { readonly kind: "run" | "offer" | "close" | "leave" }
  | { readonly kind: "accept" | "choose"; readonly item: number }
  | { readonly kind: "recall"; readonly step: 1 | -1 };

const enter = (isCommand: boolean, { active }: BoxState): Action =>
  active >= 0 && !isCommand ? { kind: "accept", item: active } : { kind: "run" };

const tab = (isShift: boolean, { count, active, isBegun }: BoxState): Action | undefined =>
  isShift || count === 0 || (active < 0 && !isBegun)
    ? undefined
    : { kind: "accept", item: Math.max(active, 0) };

/** One further, and round; -1, where nothing is chosen, lies between the last and the first. */
const choose = (step: 1 | -1, { count, active }: BoxState): Action => {
  const places = count + 1;
  return { kind: "choose", item: ((active + 1 + step + places) % places) - 1 };
};

const arrow = (step: 1 | -1, state: BoxState): Action | undefined => {
  if (state.count > 0) return choose(step, state);
  if (state.isRecalled || (state.isEmpty && step === -1)) return { kind: "recall", step };
  return step === 1 && state.isAtEnd ? { kind: "offer" } : undefined;
};

/** What a key does; undefined where it does what it does in any text. */
export const actionOf = (
  { key, isCommand, isShift }: Press,
  state: BoxState,
): Action | undefined => {
  if (key === "Enter") return enter(isCommand, state);
  if (key === "Tab") return tab(isShift, state);
  if (key === "Escape") return { kind: state.count > 0 ? "close" : "leave" };
  if (key === " " && isCommand) return { kind: "offer" };
  if (isCommand || isShift) return undefined;
  if (key === "ArrowDown") return arrow(1, state);
  return key === "ArrowUp" ? arrow(-1, state) : undefined;
};
