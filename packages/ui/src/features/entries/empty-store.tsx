import { useClient } from "../../client/client-provider.tsx";
import { Button } from "../../components/button.tsx";
import { CopyButton } from "../../components/copy-button.tsx";
import { RefreshIcon } from "../../components/icons.tsx";
import { useView } from "../../view/view-provider.tsx";
import { firstEntryCommand } from "./first-entry.ts";
import styles from "./nothing-found.module.css";

/** In place of the list, where nothing has ever been sent. */
export const EmptyStore = () => {
  const { apiKey } = useClient();
  const { refresh } = useView();
  const command = firstEntryCommand(location.origin, apiKey !== undefined);
  return (
    <div className={styles.nothing}>
      <h2 className={styles.title}>No entries yet</h2>
      <p className={styles.text}>Send the first one from a terminal:</p>
      <div className={styles.command}>
        <pre>{command}</pre>
        <CopyButton text={() => command} label="Copy the command" />
      </div>
      <p className={styles.text}>
        Or have a game's worth of them with <code>npm run demo</code>, in the folder of the service.
      </p>
      <div className={styles.steps}>
        <Button kind="primary" onClick={refresh}>
          <RefreshIcon /> Look again
        </Button>
      </div>
    </div>
  );
};
