import { Button } from "../../components/button.tsx";
import { PauseIcon, PlayIcon } from "../../components/icons.tsx";
import { formatCount, formatNumber } from "../../format/number.ts";
import { useView } from "../../view/view-provider.tsx";
import { rateOf } from "./arrivals.ts";
import { ConnectionState } from "./connection-state.tsx";
import styles from "./live-bar.module.css";
import type { LiveSession, LiveState } from "./live-session.ts";
import { Sparkline } from "./sparkline.tsx";
import type { TailLog } from "./tail-log.ts";

interface LiveBarProps {
  readonly state: LiveState;
  readonly session: LiveSession;
}

const Left = ({ log: { left, leftIn } }: { readonly log: TailLog }) => {
  const { show } = useView();
  if (!leftIn) return null;
  return (
    <Button
      kind="quiet"
      className={styles.left}
      title="They made room for newer ones. Find them under Entries."
      onClick={() => show({ tab: "entries", range: { kind: "between", ...leftIn } })}
    >
      {formatCount(left)} no longer shown
    </Button>
  );
};

const rateText = (rate: number | undefined): string =>
  rate === undefined ? "–" : formatNumber(rate >= 10 ? Math.round(rate) : rate);

/** What arrives, how fast, and whether it is seen. */
export const LiveBar = ({ state, session }: LiveBarProps) => {
  const { log, arrivals, connection } = state;
  const isPaused = log.pause !== undefined;
  return (
    <div className={styles.bar}>
      <ConnectionState
        connection={connection}
        isPaused={isPaused}
        onReconnect={session.reconnect}
      />
      <span className={styles.rate} title="Entries a second, over the last five">
        <strong>{rateText(rateOf(arrivals))}</strong>/s
      </span>
      <Sparkline arrivals={arrivals} />
      <span className={styles.received} title="Since the tail began, of those that match the query">
        <strong>{formatCount(log.received)}</strong> received
      </span>
      <Left log={log} />
      <Button
        className={styles.pause}
        kind={isPaused ? "primary" : "plain"}
        disabled={connection.kind === "failed" && !isPaused}
        title={isPaused ? "Go on (Space)" : "Pause (Space)"}
        onClick={() => (isPaused ? session.resume() : session.pause(true))}
      >
        {isPaused ? <PlayIcon /> : <PauseIcon />}
        {isPaused ? "Resume" : "Pause"}
      </Button>
    </div>
  );
};
