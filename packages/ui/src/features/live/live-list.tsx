import type { LogEntry } from "@log-service/sdk";
import { useCallback, useEffect, useState } from "react";
import { Button } from "../../components/button.tsx";
import { ChevronDownIcon } from "../../components/icons.tsx";
import shared from "../../design/shared.module.css";
import { formatCount } from "../../format/number.ts";
import { useShortcuts } from "../../keyboard/use-shortcuts.ts";
import { useView } from "../../view/view-provider.tsx";
import { EntryGrid } from "../entries/entry-grid.tsx";
import { useRowKeys } from "../entries/use-row-keys.ts";
import { useVirtualRows } from "../entries/use-virtual-rows.ts";
import styles from "./live-list.module.css";
import type { LiveSession, LiveState } from "./live-session.ts";
import { newCount, shownEntries } from "./tail-log.ts";
import { useFollowEnd } from "./use-follow-end.ts";

const overscan = 6;

interface LiveListProps {
  readonly state: LiveState;
  readonly session: LiveSession;
  readonly q: string;
}

/** What a reader has selected and opened, as long as the list stands still. */
const useReading = (session: LiveSession, isPaused: boolean) => {
  const [selected, setSelected] = useState(-1);
  const [opened, setOpened] = useState<string>();
  useEffect(() => {
    if (isPaused) return;
    setSelected(-1);
    setOpened(undefined);
  }, [isPaused]);
  const select = useCallback(
    (index: number) => {
      session.pause(false);
      setSelected(index);
    },
    [session],
  );
  const toggle = useCallback(
    ({ logId }: LogEntry) => {
      session.pause(false);
      setOpened((open) => (open === logId ? undefined : logId));
    },
    [session],
  );
  return { selected, opened, select, toggle, close: () => setOpened(undefined) };
};

const useLiveKeys = (
  entries: readonly LogEntry[],
  rowsInSight: number,
  reading: ReturnType<typeof useReading>,
) => {
  const { show } = useView();
  const { selected, select, toggle, close } = reading;
  return useRowKeys({
    count: entries.length,
    // The first step leads to the newest entry.
    selected: selected < 0 ? entries.length : selected,
    rowsInSight,
    select,
    toggle: (index) => entries[index] && toggle(entries[index]),
    close,
    showContext: (index) => entries[index] && show({ context: entries[index].logId }),
  });
};

const Fresh = ({ state, session }: Omit<LiveListProps, "q">) => {
  const count = newCount(state.log);
  return (
    count > 0 && (
      <Button kind="primary" className={styles.fresh} onClick={session.resume}>
        <ChevronDownIcon /> {formatCount(count)} new
      </Button>
    )
  );
};

const Rows = ({ state, session, q }: LiveListProps) => {
  const { log } = state;
  const entries = shownEntries(log);
  const reading = useReading(session, log.pause !== undefined);
  const { selected, opened, toggle } = reading;
  const rows = useVirtualRows(entries, opened, overscan);
  const { scroller, virtualizer, openIndex, rowsInSight } = rows;
  useEffect(() => {
    if (selected >= 0) virtualizer.scrollToIndex(selected);
  }, [virtualizer, selected]);
  // Who reads an entry at the end has not come there to go on.
  const isFree = !log.pause?.isHeld && openIndex < 0 && selected < 0;
  useFollowEnd(scroller, {
    isFollowing: log.pause === undefined,
    version: state,
    onLeave: () => session.pause(false),
    onReturn: () => isFree && session.resume(),
  });
  const onKeyDown = useLiveKeys(entries, rowsInSight, reading);
  return (
    <EntryGrid
      aria-label="Entries as they arrive, the newest last"
      aria-rowcount={entries.length + 1}
      onToggle={toggle}
      isKeyedByPlace
      {...{ rows, entries, q, selected, onKeyDown }}
    />
  );
};

const Nothing = ({ q }: Pick<LiveListProps, "q">) => (
  <div className={styles.nothing}>
    <p>Waiting for {q === "" ? "entries" : "entries that match the query"}.</p>
    <p>Live shows what arrives from now on, whatever the range of time above.</p>
  </div>
);

/**
 * The newest entries, the newest last, as in a terminal, in Grafana's live view and in the live tails of clouds: what is read
 * goes up, and a cause stands above what follows from it.
 */
export const LiveList = ({ state, session, q }: LiveListProps) => {
  const { log, connection } = state;
  useShortcuts({ Space: () => (log.pause ? session.resume() : session.pause(true)) });
  const isEmpty = log.entries.length === 0 && !log.pause;
  return (
    <div className={`${shared.pane} ${styles.list}`}>
      {isEmpty ? (
        connection.kind === "live" && <Nothing q={q} />
      ) : (
        <Rows state={state} session={session} q={q} />
      )}
      <Fresh state={state} session={session} />
    </div>
  );
};
