/** Prints times as ISO 8601; most entries share their second with the one before, which makes it cheap. */
export const createIsoTime = (): ((time: number) => string) => {
  let second = -1;
  let prefix = "";
  return (time) => {
    const now = Math.floor(time / 1000);
    if (now !== second) {
      second = now;
      prefix = new Date(now * 1000).toISOString().slice(0, 20);
    }
    return `${prefix}${String(time - now * 1000).padStart(3, "0")}Z`;
  };
};
