/** A line for a terminal that sends an entry to the service. The key is a variable: it does not belong on screens. */
export const firstEntryCommand = (origin: string, needsKey: boolean): string =>
  [
    `curl ${origin}/logs`,
    ...(needsKey ? ['-H "authorization: Bearer $LOG_API_KEY"'] : []),
    "-H 'content-type: application/json'",
    `-d '{"severity":"info","message":"hello","service":"my-game","player_id":"p-1"}'`,
  ].join(" \\\n  ");
