import {
  createContext,
  type PropsWithChildren,
  type RefObject,
  useCallback,
  useContext,
  useEffect,
  useMemo,
  useRef,
  useState,
} from "react";
import { type TimeWindow, windowOf } from "./time-range.ts";
import { parseView, printView, type View } from "./view.ts";

interface Shown {
  readonly view: View;
  /** When the view was asked for, in milliseconds since 1970: its range is counted back from here until it is asked for again. */
  readonly askedAt: number;
}

/** A query that is typed and not asked yet; `take` writes another one in its place. */
interface Typed {
  readonly q: string;
  readonly take: (q: string) => void;
}

interface ViewControl extends Shown {
  readonly window: TimeWindow;
  /** Goes on to another view. What is merely opened or closed takes the place of the view before. */
  readonly show: (change: Partial<View>, how?: "push" | "replace") => void;
  /** Asks the query that `change` makes of what is typed, where there is something that can be asked, else of the view's. */
  readonly edit: (change: (q: string) => string, rest?: Partial<View>) => void;
  readonly typed: RefObject<Typed | undefined>;
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
  const typed = useRef<Typed>(undefined);
  const edit = useCallback<ViewControl["edit"]>(
    (change, rest) => {
      const q = change(typed.current?.q ?? view.q);
      typed.current?.take(q);
      show({ ...rest, q });
    },
    [view.q, show],
  );
  const refresh = useCallback(() => setShown({ view, askedAt: Date.now() }), [view]);
  const control = useMemo(
    () => ({ view, askedAt, window: windowOf(view.range, askedAt), show, edit, typed, refresh }),
    [view, askedAt, show, edit, refresh],
  );
  return <ViewContext value={control}>{children}</ViewContext>;
};

export const useView = (): ViewControl => {
  const control = useContext(ViewContext);
  if (!control) throw new Error("useView outside of ViewProvider");
  return control;
};
