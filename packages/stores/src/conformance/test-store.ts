import type {
  CallOptions,
  ChunkStore,
  Damage,
  ScanRequest,
  StoredChunk,
  TenantChunk,
} from "@log-service/core";

/** A store of a test, empty at first. Its disposal closes the store and removes what it kept. */
export interface TestStore extends AsyncDisposable {
  readonly store: ChunkStore;
  /** Closes the store and opens what it kept; for stores that keep something. */
  readonly reopen?: (() => Promise<ChunkStore>) | undefined;
  /** The store's own clock, where arrivals are bounded by it or chunks can be replaced. */
  readonly clock?: TestClock | undefined;
  /** Makes the part unreadable that holds the chunk, and opens the store again; for stores that can be damaged. */
  readonly damage?: ((chunk: TenantChunk) => Promise<ChunkStore>) | undefined;
  /** Whether a file of the store holds the bytes; for stores that have files. */
  readonly isHeld?: ((bytes: Uint8Array) => boolean) | undefined;
}

export interface TestClock {
  now(): number;
  pass(ms: number): void;
}

export const createTestClock = (): TestClock => {
  let time = 0;
  return {
    now: () => time,
    pass: (ms) => {
      time += ms;
    },
  };
};

export type OpenStore = () => Promise<TestStore>;

export const everything = { from: 0, to: Number.MAX_SAFE_INTEGER } as const;

/** Fails the test: these stores are not damaged. */
const refuseDamage = ({ part, cause }: Damage): never => {
  throw new Error(`${part} is damaged`, { cause });
};

/** Reads a whole scan. */
export const readAll = async (
  store: ChunkStore,
  request: Partial<ScanRequest> & Pick<ScanRequest, "tenant">,
  options?: CallOptions,
): Promise<StoredChunk[]> => {
  const all: StoredChunk[] = [];
  const whole: ScanRequest = {
    ...everything,
    order: "newest",
    onDamage: refuseDamage,
    ...request,
  };
  for await (const slice of store.scan(whole, options)) all.push(...slice);
  return all;
};

export const idsOf = (chunks: readonly { readonly meta: { readonly id: string } }[]): string[] =>
  chunks.map(({ meta }) => meta.id);
