/**
 * The sentences with *must* of the port, `packages/core/src/store.ts`, word for word: each is the title of a test. A test
 * beside this file compares them with the port.
 */
export const musts = {
  putIsDurable:
    "It must be durable when it resolves: the entries survive a crash of the process and of the machine.",
  putNeverReplaces: "It must not replace a chunk that is there under the same tenant and id.",
  outcomesInOrder: "The outcomes must be in the order of the chunks.",
  scanIsWholeAndOrdered:
    'It must yield each chunk once that was there when the scan began, and must be ordered by `bound`: descending for "newest", ascending for "oldest".',
  filtersComeAlong: "A scan must yield it with the chunk that has it.",
  scanResumes: "It must resume at `startAt`, that chunk included.",
  damageIsReported:
    "A part of the store that cannot be read must be reported to `onDamage`, and the rest yielded.",
  getKeepsTenantsApart: "It must not find another tenant's.",
  arrivalsAreWhole:
    "Each chunk that is stored after a position was given out must follow it once, in the order of arrival, whatever times its entries have; `capabilities` tells where that is bounded.",
  repeatsDoNotArrive: "A chunk that was there already when it was put again must not arrive again.",
  positionsStayGood: "A position must stay good when the store is opened again.",
  gapsAreTold: "When chunks may be missing behind `after`, it must say so with `hasGap`.",
  listenersAreTold:
    "Where arrivals are exact, the listener must be called after each put that stored some, and for no other reason.",
  reserveHasOneWinner: "Of any number of callers at once exactly one value must win.",
  reserveIsKept:
    "It must be durable when it resolves, and kept until `expiresAt` (milliseconds since 1970); afterwards the key may be taken anew.",
  replaceIsAtomic: "It must replace all of them or none, also when the process is killed midway.",
  formerIdsLeadOn:
    "Each id of a former chunk must lead to the chunk that has its entry now, and a former chunk that is put again must be found present.",
  mergedNeverArrive: "A chunk that it writes must not arrive.",
  scansStayWhole:
    "A scan, also one that goes on from an earlier position, must come to each entry once.",
  rewriteIsExact:
    "It must change nothing unless the chunk is there as `old` says, and must keep no byte of what it was.",
  leftIdsLeadOn:
    "Each id that is left must lead to it, and a scan, also one that goes on, must come to each entry that is left once.",
  leftNeverArrives: "What is left must not arrive again.",
  rewrittenIsPresent: "A chunk that is put again must be found present, whatever is left of it.",
  expireKeepsTheRest: "It must not delete a chunk that has an entry at or after its tenant's time.",
  purgeLeavesNothing:
    'When it resolves with "done", no file must hold bytes of chunks that were replaced up to `replacedTo`; with "later", someone may still be reading some.',
  replaceIsRefused:
    "Whether it keeps `replace`: a store that cannot must reject it, and leave everything as it is.",
  rewriteIsRefused: "Whether it keeps `rewrite`: a store that cannot must reject that too.",
  abortRejects:
    "When it aborts, the call must reject with the signal's reason soon; what was begun may still take effect.",
} as const;
