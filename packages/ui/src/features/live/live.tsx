import { Spinner } from "../../components/spinner.tsx";
import shared from "../../design/shared.module.css";
import { useView } from "../../view/view-provider.tsx";
import { LiveBar } from "./live-bar.tsx";
import { LiveList } from "./live-list.tsx";
import { LiveNotices } from "./live-notices.tsx";
import { useLive } from "./use-live.ts";

/** What arrives, as it arrives. */
export const Live = () => {
  const { view } = useView();
  const live = useLive(view.q);
  if (!live) return <Spinner label="Connecting" />;
  const { state, session, restart } = live;
  return (
    <section className={shared.pane} aria-label="Live">
      <LiveBar state={state} session={session} />
      <LiveNotices state={state} session={session} onRestart={restart} />
      <LiveList state={state} session={session} q={view.q} />
    </section>
  );
};
