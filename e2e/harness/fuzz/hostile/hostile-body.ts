export type Bytes = Uint8Array<ArrayBuffer>;

/** What must become of a hostile body: refused as a whole, or this stored and so many entries refused. */
export type Outcome =
  | { readonly status: number; readonly code: string; readonly entryCode?: string }
  | { readonly stored: readonly object[]; readonly rejected?: readonly string[] };

export interface HostileBody {
  readonly name: string;
  /** Made when it is needed: some are large. */
  readonly body: () => Bytes;
  /** The Content-Type; JSON when it is left out. */
  readonly type?: string;
  /** The Content-Encoding. */
  readonly encoding?: string;
  readonly outcome: Outcome;
}

export const utf8 = (text: string): Bytes => new TextEncoder().encode(text);

export const latin1 = (text: string): Bytes => new Uint8Array(Buffer.from(text, "latin1"));

/** An entry as JSON with these members behind the required ones. */
export const entry = (members: string): string => `{"severity":"info","message":"m",${members}}`;

export const storedWith = (attributes: object, fields: object = {}) => ({
  stored: [{ severity: "info", message: "m", ...fields, attributes }],
});

export const refused = (code: string, status = 400) => ({ status, code });

export const refusedFor = (entryCode: string) => ({
  status: 400,
  code: "ENTRY_INVALID",
  entryCode,
});

export const json = (name: string, text: string, outcome: Outcome): HostileBody => ({
  name,
  body: () => utf8(text),
  outcome,
});

export const lines = (name: string, body: () => Bytes, outcome: Outcome): HostileBody => ({
  name,
  body,
  type: "application/x-ndjson",
  outcome,
});
