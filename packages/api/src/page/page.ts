/** How a file can be sent, the smallest first. */
export const encodings = ["br", "gzip", "identity"] as const;

export type Encoding = (typeof encodings)[number];

/** One file of the page. */
export interface PageFile {
  readonly contentType: string;
  /** Changes whenever its bytes do. */
  readonly hash: string;
  /** Its bytes as they are, and compressed where that made them fewer. */
  readonly bytes: { readonly [encoding in Encoding]?: Uint8Array<ArrayBuffer> };
}

/** The page as it was built: a fixed set of files. */
export interface Page {
  /** Finds a file by its path, as in `index.html`; undefined where there is none, or no page. */
  find(path: string): PageFile | undefined;
}
