import { type KeyboardEvent, type PointerEvent, useCallback, useRef, useState } from "react";
import { between, zoomOut } from "../../view/time-range.ts";
import { useView } from "../../view/view-provider.tsx";
import { barAt } from "./geometry.ts";
import { nothingSelected, type Selection, selectedWindow, selectionAfter } from "./selection.ts";
import type { Series } from "./series.ts";

/** Less than this is a click of a hand that trembles. In pixels. */
const dragMin = 4;

/** What of the bars is looked at and selected. */
export const useSelection = ({ bars }: Series) => {
  const { show } = useView();
  const [state, setState] = useState<Selection>(nothingSelected);
  const clear = useCallback(() => setState(nothingSelected), []);
  const zoom = (selection: Selection) => {
    const window = selectedWindow(selection, bars);
    if (window) show({ range: between(window.from, window.to) });
    clear();
  };
  return { state, setState, clear, zoom };
};

type SelectionControl = ReturnType<typeof useSelection>;

export const usePlotKeys =
  ({ bars }: Series, { state, setState, zoom }: SelectionControl) =>
  (event: KeyboardEvent<HTMLElement>): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const next = selectionAfter(state, event.key, event.shiftKey, bars.length);
    if (next) setState(next);
    else if (event.key === "Enter") zoom(state);
    else return;
    event.preventDefault();
    // What is a key of the bars is none of the page.
    event.stopPropagation();
  };

const xIn = (event: PointerEvent<HTMLElement>): number =>
  event.clientX - event.currentTarget.getBoundingClientRect().left;

export const usePlotPointer = (series: Series, width: number, selection: SelectionControl) => {
  const { window, show } = useView();
  const { setState, clear, zoom } = selection;
  const start = useRef<number>(undefined);
  const selectionAt = (event: PointerEvent<HTMLElement>): Selection => {
    const x = xIn(event);
    const from = start.current;
    const isDrag = from !== undefined && Math.abs(x - from) >= dragMin;
    return {
      cursor: barAt(series, x, width),
      anchor: isDrag ? barAt(series, from, width) : undefined,
    };
  };
  const end = () => {
    start.current = undefined;
    clear();
  };
  return {
    onPointerDown: (event: PointerEvent<HTMLElement>) => {
      if (event.button !== 0) return;
      start.current = xIn(event);
      event.currentTarget.setPointerCapture(event.pointerId);
    },
    onPointerMove: (event: PointerEvent<HTMLElement>) => setState(selectionAt(event)),
    onPointerUp: (event: PointerEvent<HTMLElement>) => {
      const selected = selectionAt(event);
      start.current = undefined;
      if (selected.anchor === undefined) setState(selected);
      else zoom(selected);
    },
    onPointerCancel: end,
    onPointerLeave: () => {
      if (start.current === undefined) clear();
    },
    onDoubleClick: () => show({ range: zoomOut(window, Date.now()) }),
  };
};
