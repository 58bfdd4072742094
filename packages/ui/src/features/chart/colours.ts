import { useMemo, useSyncExternalStore } from "react";
import type { ChartGroup } from "./chart-data.ts";

const groupColours = 10;

/** The name of a group's colour; severities have their own. */
const tokenOf = ({ by }: ChartGroup, place: number): string => {
  if (by === undefined) return "--group-other";
  const [field, ...others] = Object.keys(by);
  const isSeverity = field === "severity" && others.length === 0;
  if (isSeverity && by.severity === "info") return "--info-area";
  return isSeverity && by.severity !== null
    ? `--${by.severity}`
    : `--group-${(place % groupColours) + 1}`;
};

/** Whether the colours of a group have all been taken by those before it: it then gets a dashed line. */
export const isRepeated = (place: number): boolean => place >= groupColours;

const darkQuery = "(prefers-color-scheme: dark)";

const onScheme = (onChange: () => void) => {
  const query = matchMedia(darkQuery);
  // The page's own choice is a style of the root.
  const observer = new MutationObserver(onChange);
  query.addEventListener("change", onChange);
  observer.observe(document.documentElement, { attributeFilter: ["style"] });
  return () => {
    query.removeEventListener("change", onChange);
    observer.disconnect();
  };
};

const schemeNow = () =>
  `${getComputedStyle(document.documentElement).colorScheme} ${matchMedia(darkQuery).matches}`;

/** A canvas knows no `var()` nor `light-dark()`: an element tells what they are now. */
const resolve = (tokens: readonly string[]): readonly string[] => {
  const probe = document.createElement("span");
  document.body.append(probe);
  const colours = tokens.map((token) => {
    probe.style.color = `var(${token})`;
    return getComputedStyle(probe).color;
  });
  probe.remove();
  return colours;
};

export interface ChartColours {
  readonly line: string;
  readonly quiet: string;
  readonly surface: string;
  readonly groups: readonly string[];
}

const chartTokens = ["--line", "--quiet", "--surface"];

/** The colours of the theme as a canvas takes them. */
export const useColours = (groups: readonly ChartGroup[]): ChartColours => {
  const scheme = useSyncExternalStore(onScheme, schemeNow);
  const tokens = groups.map(tokenOf).join();
  return useMemo(() => {
    const names = [...chartTokens, ...(tokens ? tokens.split(",") : [])];
    const [line = "", quiet = "", surface = "", ...rest] = scheme ? resolve(names) : [];
    return { line, quiet, surface, groups: rest };
  }, [scheme, tokens]);
};
