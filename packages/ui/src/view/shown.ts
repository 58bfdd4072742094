import { printView, type View, viewDefault } from "./view.ts";

/** A view, and since when it is looked at. */
export interface Shown {
  readonly view: View;
  /** When the view was asked for, in milliseconds since 1970: its range is counted back from here until it is asked for again. */
  readonly askedAt: number;
}

const questionOf = ({ q, range }: View): string => printView({ ...viewDefault, q, range });

/**
 * Goes on to another view, which asks anew where its query is another one, or its range was chosen again. A live tail goes
 * on with now, and so does what is looked at after it.
 */
export const shownNext = (shown: Shown, change: Partial<View>, now: number): Shown => {
  const view = { ...shown.view, ...change };
  const leavesLive = shown.view.tab === "live" && view.tab !== "live";
  const asksAnew = leavesLive || view.q !== shown.view.q || view.range !== shown.view.range;
  return { view, askedAt: asksAnew ? now : shown.askedAt };
};

/** Goes back or forth to a view of before. Where it asks the same, what was found stays as it is. */
export const shownAgain = (shown: Shown, view: View, now: number): Shown =>
  questionOf(view) === questionOf(shown.view)
    ? shownNext(shown, { ...view, range: shown.view.range }, now)
    : { view, askedAt: now };
