import {
  createContext,
  type PropsWithChildren,
  useCallback,
  useContext,
  useEffect,
  useMemo,
  useState,
} from "react";
import { type TimeWindow, windowOf } from "./time-range.ts";
import { parseView, printView, type View } from "./view.ts";

interface Shown {
  readonly view: View;
  /** When the view was asked for, in milliseconds since 1970: its range is counted back from here until it is asked for again. */
  readonly askedAt: number;
}

interface ViewControl extends Shown {
  readonly window: TimeWindow;
  /** Goes on to another view. What is merely opened or closed takes the place of the view before. */
  readonly show: (change: Partial<View>, how?: "push" | "replace") => void;
  /** Asks for the same view as of now. */
  readonly refresh: () => void;
}

const ViewContext = createContext<ViewControl | undefined>(undefined);

const shownNow = (): Shown => ({ view: parseView(location.search), askedAt: Date.now() });

/** Keeps the view and the address of the page the same, back and forth. */
export const ViewProvider = ({ children }: PropsWithChildren) => {
  const [shown, setShown] = useState(shownNow);
  const { view, askedAt } = shown;
  useEffect(() => {
    const onPop = () => setShown(shownNow());
    addEventListener("popstate", onPop);
    return () => removeEventListener("popstate", onPop);
  }, []);
  const show = useCallback<ViewControl["show"]>(
    (change, how = "push") => {
      const next = { ...view, ...change };
      history[`${how}State`](null, "", `${location.pathname}${printView(next)}`);
      const asksAnew = next.q !== view.q || next.range !== view.range;
      setShown({ view: next, askedAt: asksAnew ? Date.now() : askedAt });
    },
    [view, askedAt],
  );
  const refresh = useCallback(() => setShown({ view, askedAt: Date.now() }), [view]);
  const control = useMemo(
    () => ({ view, askedAt, window: windowOf(view.range, askedAt), show, refresh }),
    [view, askedAt, show, refresh],
  );
  return <ViewContext value={control}>{children}</ViewContext>;
};

export const useView = (): ViewControl => {
  const control = useContext(ViewContext);
  if (!control) throw new Error("useView outside of ViewProvider");
  return control;
};
