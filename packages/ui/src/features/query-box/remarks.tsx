import type { Problem } from "@log-service/query";
import shared from "../../design/shared.module.css";
import type { Edit } from "./edit-text.ts";
import styles from "./remarks.module.css";

interface RemarksProps {
  readonly id: string;
  readonly problems: readonly Problem[];
  readonly hints: readonly Problem[];
  readonly onFollow: (edit: Edit) => void;
}

/** As many as a person mends before looking again. */
const shownMax = 3;

interface RemarkProps extends Pick<RemarksProps, "onFollow"> {
  readonly kind: "problem" | "hint";
  readonly remark: Problem;
}

const Remark = ({ kind, remark: { from, to, message, suggestion }, onFollow }: RemarkProps) => (
  <li className={styles[kind]}>
    <span>{message}</span>
    {suggestion !== undefined && (
      <button
        type="button"
        className={`${shared.link} ${styles.suggestion}`}
        // The text field keeps the focus, and with it this list.
        onMouseDown={(event) => event.preventDefault()}
        onClick={() => onFollow({ from, to, text: suggestion })}
      >
        {suggestion === "" ? (
          "Leave it out"
        ) : (
          <>
            Write <code>{suggestion}</code>
          </>
        )}
      </button>
    )}
  </li>
);

/** What is wrong with a query, or may be meant otherwise, and what to write instead. */
export const Remarks = ({ id, problems, hints, onFollow }: RemarksProps) => (
  <ul id={id} className={styles.remarks}>
    {problems.slice(0, shownMax).map((remark) => (
      <Remark
        key={`${remark.from} ${remark.message}`}
        kind="problem"
        remark={remark}
        onFollow={onFollow}
      />
    ))}
    {hints.slice(0, Math.max(0, shownMax - problems.length)).map((remark) => (
      <Remark
        key={`${remark.from} ${remark.message}`}
        kind="hint"
        remark={remark}
        onFollow={onFollow}
      />
    ))}
  </ul>
);
