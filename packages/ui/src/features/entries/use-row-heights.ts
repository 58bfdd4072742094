import { useSyncExternalStore } from "react";

/** As in `entry-row.module.css`, in CSS pixels: a closed row, and the columns' names. */
interface RowHeights {
  readonly row: number;
  readonly head: number;
}

const wide: RowHeights = { row: 24, head: 25 };
const narrow: RowHeights = { row: 44, head: 0 };

const narrowScreen = () => matchMedia("(max-width: 640px)");

const subscribe = (onChange: () => void) => {
  const query = narrowScreen();
  query.addEventListener("change", onChange);
  return () => query.removeEventListener("change", onChange);
};

/** The heights on this screen. */
export const useRowHeights = (): RowHeights =>
  useSyncExternalStore(subscribe, () => (narrowScreen().matches ? narrow : wide));
