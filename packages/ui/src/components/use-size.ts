import { useCallback, useState } from "react";

const unknown = { width: 0, height: 0 };

/** The size of the element that gets the ref, in whole pixels; 0 until it is known. */
export const useSize = () => {
  const [size, setSize] = useState(unknown);
  const ref = useCallback((element: HTMLElement | null) => {
    if (!element) return undefined;
    const observer = new ResizeObserver(([entry]) => {
      const { width, height } = entry?.contentRect ?? unknown;
      setSize({ width: Math.floor(width), height: Math.floor(height) });
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return [ref, size] as const;
};
