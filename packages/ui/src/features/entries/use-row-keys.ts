import { type KeyboardEvent, useCallback } from "react";
import { useShortcuts } from "../../keyboard/use-shortcuts.ts";

interface RowKeys {
  readonly count: number;
  /** -1: none. */
  readonly selected: number;
  readonly rowsInSight: number;
  readonly select: (index: number) => void;
  readonly toggle: (index: number) => void;
  readonly close: () => void;
  readonly showContext: (index: number) => void;
}

/** How far a key moves; from the very first to the very last at most. */
const stepOf = (key: string, rowsInSight: number): number | undefined => {
  const steps: Readonly<Record<string, number>> = {
    ArrowDown: 1,
    ArrowUp: -1,
    PageDown: rowsInSight,
    PageUp: -rowsInSight,
    Home: Number.NEGATIVE_INFINITY,
    End: Number.POSITIVE_INFINITY,
  };
  return steps[key];
};

/** The keys of the list: those of a grid while it has the focus, and the shortcuts of the page. */
export const useRowKeys = (keys: RowKeys) => {
  const { count, selected, rowsInSight, select, toggle, close, showContext } = keys;
  const move = useCallback(
    (step: number) => {
      if (count > 0) select(Math.min(count - 1, Math.max(0, selected + step)));
    },
    [count, selected, select],
  );
  const onSelected = (act: (index: number) => void) => () => {
    if (selected >= 0) act(selected);
  };
  useShortcuts({
    j: () => move(1),
    k: () => move(selected < 0 ? 1 : -1),
    Enter: onSelected(toggle),
    c: onSelected(showContext),
    Esc: close,
  });
  return (event: KeyboardEvent<HTMLElement>): void => {
    if (event.target !== event.currentTarget) return;
    const step = stepOf(event.key, rowsInSight);
    if (step === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    move(step);
  };
};
