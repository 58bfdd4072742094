import { useEffect, useState } from "react";
import { Button } from "../../components/button.tsx";
import type { Connection } from "./follow.ts";
import styles from "./live-bar.module.css";

/** The time, each second. */
const useNow = (): number => {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, []);
  return now;
};

const Countdown = ({ at }: { readonly at: number }) =>
  `${Math.max(1, Math.ceil((at - useNow()) / 1000))} s`;

const words: Readonly<Record<Connection["kind"], string>> = {
  connecting: "Connecting",
  live: "Live",
  waiting: "Reconnecting in",
  failed: "Stopped",
};

interface ConnectionStateProps {
  readonly connection: Connection;
  readonly isPaused: boolean;
  readonly onReconnect: () => void;
}

/** How it stands with the service: whether what arrives is seen. */
export const ConnectionState = ({ connection, isPaused, onReconnect }: ConnectionStateProps) => {
  const { kind } = connection;
  const word = kind === "live" && isPaused ? "Paused" : words[kind];
  return (
    <>
      <span className={styles.connection} data-kind={isPaused ? `paused-${kind}` : kind}>
        <span role="status">{word}</span>
        {/* Outside of the status, which would be read out each second. */}
        {kind === "waiting" && <Countdown at={connection.at} />}
      </span>
      {kind === "waiting" && <Button onClick={onReconnect}>Now</Button>}
    </>
  );
};
