import { type RefObject, useEffect, useLayoutEffect, useRef } from "react";

interface FollowEndOptions {
  /** While it is true, the end stays in sight. */
  readonly isFollowing: boolean;
  /** Changes when there is more to show. */
  readonly version: unknown;
  /** The reader has gone away from the end, or is about to press on something that would move. */
  readonly onLeave: () => void;
  /** The reader has come back to it. */
  readonly onReturn: () => void;
}

const isAtEnd = ({ scrollTop, scrollHeight, clientHeight }: HTMLElement): boolean =>
  scrollHeight - clientHeight - scrollTop < 8;

const keysUp: readonly string[] = ["ArrowUp", "PageUp", "Home"];

/** Keeps the end of a list in sight until the reader goes away from it. */
export const useFollowEnd = (
  scroller: RefObject<HTMLElement | null>,
  { isFollowing, version, onLeave, onReturn }: FollowEndOptions,
): void => {
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is shown moves the end
  useLayoutEffect(() => {
    const element = scroller.current;
    if (element && isFollowing) element.scrollTop = element.scrollHeight;
  }, [scroller, isFollowing, version]);
  const latest = useRef({ isFollowing, onLeave, onReturn });
  useEffect(() => {
    latest.current = { isFollowing, onLeave, onReturn };
  });
  useEffect(() => {
    const element = scroller.current;
    if (!element) return undefined;
    const leaving = new AbortController();
    const { signal } = leaving;
    let lastTop = element.scrollTop;
    const canScroll = () => element.scrollHeight > element.clientHeight;
    const leave = () => {
      if (latest.current.isFollowing) latest.current.onLeave();
    };
    const onScroll = () => {
      const top = element.scrollTop;
      // A list that got shorter moves up, too, but stays at its end.
      if (top < lastTop && !isAtEnd(element)) leave();
      if (top > lastTop && isAtEnd(element) && !latest.current.isFollowing)
        latest.current.onReturn();
      lastTop = top;
    };
    element.addEventListener("scroll", onScroll, { signal, passive: true });
    // Before it has moved, since the next rows would take it back to the end.
    const onWheel = ({ deltaY }: WheelEvent) => deltaY < 0 && canScroll() && leave();
    element.addEventListener("wheel", onWheel, { signal, passive: true });
    element.addEventListener("keydown", ({ key }) => keysUp.includes(key) && leave(), { signal });
    // What is under the pointer must not be another entry when it is released.
    element.addEventListener("pointerdown", leave, { signal });
    return () => leaving.abort();
  }, [scroller]);
};
