import { Dialog } from "../../components/dialog.tsx";
import { shortcuts } from "../../keyboard/shortcuts.ts";
import styles from "./help.module.css";

const queries = [
  ["connection reset", "both words, anywhere in the message"],
  ['"reset by peer"', "the phrase, as it stands"],
  ["player_id:p-81", "a field has exactly this value"],
  ["latency_ms:>250", "a number is larger"],
  ["service:match*", "a value begins so"],
  ["severity:error -service:chat", "errors, but not of this service"],
  ["(crash OR timeout) traceId:*", "either word, and the field is there"],
  ["/time(d )?out/", "a regular expression"],
] as const;

interface HelpProps {
  readonly onClose: () => void;
}

/** What the keyboard and the query language can do. */
export const Help = ({ onClose }: HelpProps) => (
  <Dialog title="Help" onClose={onClose}>
    <div className={styles.help}>
      <section>
        <h3>Keys</h3>
        <dl className={styles.list}>
          {shortcuts.map(({ keys, does }) => (
            <div key={does} className={styles.line}>
              <dt>
                {keys.map((key) => (
                  <kbd key={key}>{key}</kbd>
                ))}
              </dt>
              <dd>{does}</dd>
            </div>
          ))}
        </dl>
      </section>
      <section>
        <h3>Queries</h3>
        <dl className={styles.list}>
          {queries.map(([q, means]) => (
            <div key={q} className={styles.line}>
              <dt>
                <code>{q}</code>
              </dt>
              <dd>{means}</dd>
            </div>
          ))}
        </dl>
      </section>
    </div>
  </Dialog>
);
