import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { useClient } from "../client/client-provider.tsx";
import { Button } from "../components/button.tsx";
import { WarningIcon } from "../components/icons.tsx";
import styles from "./offline-banner.module.css";

const everyMs = 3_000;

/** Who waits longer for one answer asks in vain: more and more requests would be under way. */
const patienceMs = 9_000;

/** Says that the service does not answer, asks until it does, and then asks for what failed meanwhile. */
export const OfflineBanner = () => {
  const { client, isReachable } = useClient();
  const queryClient = useQueryClient();
  useEffect(() => {
    // What the answer says is noted by whoever watches all requests.
    const ask = () =>
      void client.health({}, { signal: AbortSignal.timeout(patienceMs) }).catch(() => undefined);
    addEventListener("offline", ask);
    addEventListener("online", ask);
    const timer = isReachable ? undefined : setInterval(ask, everyMs);
    return () => {
      removeEventListener("offline", ask);
      removeEventListener("online", ask);
      clearInterval(timer);
    };
  }, [client, isReachable]);
  useEffect(() => {
    // What has data goes on by itself: to fetch a long list again would take all of it.
    const hasFailed = ({ state }: { state: { status: string; data: unknown } }) =>
      state.status === "error" && state.data === undefined;
    if (isReachable) void queryClient.refetchQueries({ type: "active", predicate: hasFailed });
  }, [isReachable, queryClient]);
  return (
    <div role="status">
      {!isReachable && (
        <p className={styles.banner}>
          <WarningIcon />
          <span>
            The service does not answer. The page asks every {everyMs / 1000} seconds, and goes on
            when it is back.
          </span>
          <Button onClick={() => void client.health().catch(() => undefined)}>Ask now</Button>
        </p>
      )}
    </div>
  );
};
