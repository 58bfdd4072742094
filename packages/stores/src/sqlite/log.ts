type Write = (message: string, fields?: Readonly<Record<string, unknown>>) => void;

/** Takes what an operator should know; the host prints it with its other logs. */
export type StoreLog = Readonly<Record<"warn" | "error", Write>>;

export const silentLog: StoreLog = { warn: () => undefined, error: () => undefined };
