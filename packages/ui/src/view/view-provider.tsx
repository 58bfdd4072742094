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
import { type Shown, shownAgain, shownNext } from "./shown.ts";
import { type TimeWindow, windowOf } from "./time-range.ts";
import { parseView, printView, type View } from "./view.ts";

/** A query that is typed and not asked yet. */
interface Typed {
  readonly q: string;
  /** Else it has problems. */
  readonly isAskable: boolean;
  /** Writes another one in its place, while `asked` becomes the view's. */
  readonly take: (q: string, asked: string) => void;
}

interface ViewControl extends Shown {
  readonly window: TimeWindow;
  /** Goes on to another view. What is merely opened or closed takes the place of the view before. */
  readonly show: (change: Partial<View>, how?: "push" | "replace") => void;
  /**
   * Asks the query that `change` makes of what is typed, where that can be asked, else of the view's. What is typed is
   * changed likewise, and stays.
   */
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
  // The newest, for who changes it twice before it is drawn.
  const latest = useRef(shown);
  const put = useCallback((next: Shown) => {
    latest.current = next;
    setShown(next);
  }, []);
  useEffect(() => {
    const onPop = () => put(shownAgain(latest.current, parseView(location.search), Date.now()));
    addEventListener("popstate", onPop);
    return () => removeEventListener("popstate", onPop);
  }, [put]);
  const show = useCallback<ViewControl["show"]>(
    (change, how = "push") => {
      const next = shownNext(latest.current, change, Date.now());
      const search = printView(next.view);
      // A view that is there already would have to be gone back from twice.
      const isNew = how === "push" && search !== location.search;
      history[isNew ? "pushState" : "replaceState"](null, "", `${location.pathname}${search}`);
      put(next);
    },
    [put],
  );
  const typed = useRef<Typed>(undefined);
  const edit = useCallback<ViewControl["edit"]>(
    (change, rest) => {
      const draft = typed.current;
      const q = change(draft?.isAskable ? draft.q : latest.current.view.q);
      draft?.take(change(draft.q), q);
      show({ ...rest, q });
    },
    [show],
  );
  const refresh = useCallback(() => put({ view: latest.current.view, askedAt: Date.now() }), [put]);
  const { view, askedAt } = shown;
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
