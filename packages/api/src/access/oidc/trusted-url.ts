const loopbackNames = new Set(["localhost", "127.0.0.1", "[::1]"]);

/** Whether an issuer may be asked there: what comes over a line that anyone can change is not to be believed. */
export const isTrustedUrl = (text: string): boolean => {
  const url = URL.parse(text);
  if (url === null || url.username !== "" || url.password !== "" || url.hash !== "") return false;
  return url.protocol === "https:" || (url.protocol === "http:" && loopbackNames.has(url.hostname));
};
