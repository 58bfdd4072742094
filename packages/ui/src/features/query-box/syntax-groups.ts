/** The forms of `docs/query-language.md`, each as one that can be written as it stands. */
export const syntaxGroups: readonly {
  readonly title: string;
  readonly examples: readonly (readonly [query: string, meaning: string])[];
}[] = [
  {
    title: "Text in the message",
    examples: [
      ["connection reset", "both words, anywhere"],
      ['"connection reset"', "the phrase"],
      ["/time(d )?out/", "a regular expression"],
    ],
  },
  {
    title: "Fields",
    examples: [
      ["severity:error", "the whole value, with case"],
      ["service:match*", "begins with it"],
      ["service:(chat OR gateway)", "one of several"],
      ["player_id:*", "has the field"],
    ],
  },
  {
    title: "Numbers and times",
    examples: [
      ["latency_ms:>250", "also >=, <, <="],
      ["http.status:[500 TO 599]", "both ends included"],
      ["timestamp:>=2026-11-22T09:00Z", "a time, or a whole day"],
    ],
  },
  {
    title: "Together",
    examples: [
      ["timeout service:chat", "a space means AND"],
      ["timeout OR crash", "one of them"],
      ["timeout -service:chat", "a minus means NOT"],
    ],
  },
];
