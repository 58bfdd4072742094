import { queryLengthMax } from "@log-service/query";
import { formatCount } from "../../format/number.ts";
import { OfferList } from "./offer-list.tsx";
import styles from "./query-panel.module.css";
import { Remarks } from "./remarks.tsx";
import type { QueryBoxControl } from "./use-query-box.ts";

/** From here on it is said how much room is left. */
const nearlyFull = queryLengthMax - 400;

export interface QueryPanelProps {
  readonly control: QueryBoxControl;
  readonly listId: string;
  readonly remarksId: string;
}

/** Lies over the page below the box, so that nothing moves. */
export const QueryPanel = ({ control, listId, remarksId }: QueryPanelProps) => {
  const { draft, offer, active, accept, replace } = control;
  const { problems, hints } = control.remarks;
  const hasRemarks = problems.length + hints.length > 0;
  const isNearlyFull = draft.text.length > nearlyFull;
  if (!hasRemarks && !offer && !isNearlyFull) return null;
  return (
    <div className={styles.panel}>
      {hasRemarks && (
        <Remarks id={remarksId} problems={problems} hints={hints} onFollow={replace} />
      )}
      {offer && <OfferList id={listId} offer={offer} active={active} onAccept={accept} />}
      {(offer || isNearlyFull) && (
        <p className={styles.foot}>
          <span>
            {offer && (
              <>
                <kbd>↑</kbd> <kbd>↓</kbd> choose <kbd>Tab</kbd> accept <kbd>Enter</kbd> run
              </>
            )}
          </span>
          {isNearlyFull && (
            <span>
              {formatCount(draft.text.length)} of {formatCount(queryLengthMax)} characters
            </span>
          )}
        </p>
      )}
    </div>
  );
};
