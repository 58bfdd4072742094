/** Calls the function once, and gives its result ever after. */
export const once = <T>(compute: () => T): (() => T) => {
  let isDone = false;
  let result: T;
  return () => {
    if (!isDone) {
      result = compute();
      isDone = true;
    }
    return result;
  };
};
