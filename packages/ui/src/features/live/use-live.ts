import { useCallback, useEffect, useState, useSyncExternalStore } from "react";
import { useClient } from "../../client/client-provider.tsx";
import { createLiveSession, type LiveSession, type LiveState } from "./live-session.ts";
import { sampleFrames } from "./sample-frames.ts";

/** Nobody reads faster; a frame that shows a hundred new rows takes some milliseconds. */
const drawsEveryMs = 100;

const nothing = () => () => undefined;

/** Follows a query as long as the component is there. */
export const useLive = (
  q: string,
): { state: LiveState; session: LiveSession; restart: () => void } | undefined => {
  const { client, isReachable } = useClient();
  const [session, setSession] = useState<LiveSession>();
  const [starts, setStarts] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new start is a new session
  useEffect(() => {
    const begun = createLiveSession(client, q, sampleFrames(drawsEveryMs, requestAnimationFrame));
    setSession(begun);
    return begun.stop;
  }, [client, q, starts]);
  useEffect(() => {
    if (isReachable) session?.reconnect();
  }, [isReachable, session]);
  const state = useSyncExternalStore(session?.subscribe ?? nothing, () => session?.state());
  const restart = useCallback(() => setStarts((count) => count + 1), []);
  return session && state && { state, session, restart };
};
