import { parse } from "@log-service/query";
import { useIsFetching } from "@tanstack/react-query";
import {
  createContext,
  type PropsWithChildren,
  useContext,
  useEffect,
  useMemo,
  useState,
} from "react";
import { useView } from "../../view/view-provider.tsx";
import { countedWindow } from "./asked.ts";

interface Asked {
  readonly q: string;
  readonly from: number;
  readonly to: number;
  /** Tells the same time from itself when it is asked for again. */
  readonly askedAt: number;
  /** A query with problems finds nothing, and is not sent. */
  readonly isRunnable: boolean;
}

const AskedContext = createContext<Asked>({ q: "", from: 0, to: 1, askedAt: 0, isRunnable: false });

const liveEveryMs = 10_000;

/** When a live tail's fields are counted again; once what was asked before is there. */
const useLiveNow = (isLive: boolean): number => {
  const [now, setNow] = useState(Date.now);
  const isBusy = useIsFetching({ queryKey: ["fields"] }) > 0;
  useEffect(() => {
    if (!isLive || isBusy) return undefined;
    const timer = setInterval(() => {
      if (!document.hidden) setNow(Date.now());
    }, liveEveryMs);
    return () => clearInterval(timer);
  }, [isLive, isBusy]);
  return now;
};

/** Says what is counted, so that all parts of the panel count the same entries. */
export const AskedProvider = ({ children }: PropsWithChildren) => {
  const { view, window, askedAt } = useView();
  const now = Math.max(useLiveNow(view.tab === "live"), askedAt);
  const asked = useMemo(() => {
    const { from, to } = countedWindow(view, window, now);
    return { q: view.q, from, to, askedAt, isRunnable: parse(view.q).problems.length === 0 };
  }, [view, window, askedAt, now]);
  return <AskedContext value={asked}>{children}</AskedContext>;
};

export const useAsked = (): Asked => useContext(AskedContext);
