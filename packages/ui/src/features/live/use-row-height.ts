import { useSyncExternalStore } from "react";

/** As in the style sheet of the row: one line, or two on a phone. */
const rowPixels = { wide: 24, narrow: 44 } as const;

const narrow = matchMedia("(max-width: 640px)");

const subscribe = (listener: () => void) => {
  narrow.addEventListener("change", listener);
  return () => narrow.removeEventListener("change", listener);
};

/** How high a row is that is not open, in pixels. */
export const useRowHeight = (): number =>
  useSyncExternalStore(subscribe, () => (narrow.matches ? rowPixels.narrow : rowPixels.wide));
