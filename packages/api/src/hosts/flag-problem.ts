/** Says what `parseArgs` has refused, without its advice on positional arguments, which takes none of our users further. */
export const flagProblem = (error: unknown): string => {
  const [first = ""] = String(error instanceof Error ? error.message : error).split(". ");
  return first.charAt(0).toLowerCase() + first.slice(1);
};
