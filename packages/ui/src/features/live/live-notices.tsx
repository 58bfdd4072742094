import { Button } from "../../components/button.tsx";
import { Failure } from "../../components/failure.tsx";
import { CloseIcon, SearchIcon } from "../../components/icons.tsx";
import { formatClock } from "../../format/time.ts";
import { usePreferences } from "../../preferences/preferences-provider.tsx";
import type { TimeWindow } from "../../view/time-range.ts";
import { useView } from "../../view/view-provider.tsx";
import styles from "./live-notices.module.css";
import type { LiveSession, LiveState } from "./live-session.ts";

interface GapProps {
  readonly gap: TimeWindow;
  readonly onDismiss: () => void;
}

const Gap = ({ gap, onDismiss }: GapProps) => {
  const { show } = useView();
  const { zone } = usePreferences().preferences;
  const clock = (ms: number) => formatClock(ms, zone).slice(0, 8);
  return (
    <div className={styles.notice} role="alert">
      <p>
        The tail was interrupted between {clock(gap.from)} and {clock(gap.to)}. Entries of that time
        may be missing here; the service has them.
      </p>
      <Button onClick={() => show({ tab: "entries", range: { kind: "between", ...gap } })}>
        <SearchIcon /> Search that time
      </Button>
      <Button kind="quiet" aria-label="Dismiss" onClick={onDismiss}>
        <CloseIcon />
      </Button>
    </div>
  );
};

interface LiveNoticesProps {
  readonly state: LiveState;
  readonly session: LiveSession;
  readonly onRestart: () => void;
}

/** What a reader has to know beside the entries. */
export const LiveNotices = ({ state, session, onRestart }: LiveNoticesProps) => {
  const { connection, log, warnings } = state;
  return (
    <>
      {connection.kind === "failed" && <Failure error={connection.error} onRetry={onRestart} />}
      {log.gap && <Gap gap={log.gap} onDismiss={session.dismissGap} />}
      {warnings.map(({ message }) => (
        <p key={message} className={styles.notice}>
          {message}
        </p>
      ))}
    </>
  );
};
