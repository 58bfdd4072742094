import type { LogId } from "@log-service/sdk";
import { useQuery } from "@tanstack/react-query";
import { useClient } from "../../client/client-provider.tsx";
import { Failure } from "../../components/failure.tsx";
import { useView } from "../../view/view-provider.tsx";
import styles from "./entry-list.module.css";
import { EntryRow, EntryTable } from "./entry-row.tsx";

/** An entry that is not in the list, above it. */
export const PinnedEntry = ({ logId }: { readonly logId: LogId }) => {
  const { client } = useClient();
  const { view, show } = useView();
  const { data, error, refetch } = useQuery({
    queryKey: ["entries", "one", logId],
    queryFn: ({ signal }) => client.get({ logId }, { signal }),
  });
  const close = () => show({ open: undefined }, "replace");
  if (error) return <Failure error={error} onRetry={refetch} onClose={close} />;
  if (!data) return null;
  return (
    <div className={styles.pinned}>
      <EntryTable aria-label="The entry of this link, which is not among those below">
        <tbody>
          <EntryRow entry={data} isOpen isSelected={false} onToggle={close} q={view.q} />
        </tbody>
      </EntryTable>
    </div>
  );
};
