import { LogServiceError } from "@log-service/sdk";
import { Button } from "./button.tsx";
import styles from "./failure.module.css";
import { failureText } from "./failure-text.ts";
import { RefreshIcon, WarningIcon } from "./icons.tsx";

interface FailureProps {
  readonly error: Error;
  readonly onRetry: () => void;
  /** There where one can go on without it. */
  readonly onClose?: () => void;
}

/** Says what went wrong, what can be done, and by which id the operator finds it in the server's log. */
export const Failure = ({ error, onRetry, onClose }: FailureProps) => {
  const { problems = [], requestId } = error instanceof LogServiceError ? error : {};
  const { title, detail } = failureText(error);
  return (
    <div role="alert" className={styles.failure}>
      <p className={styles.title}>
        <WarningIcon /> {title}
      </p>
      <p className={styles.detail}>{detail}</p>
      {problems.length > 1 && (
        <ul className={styles.problems}>
          {problems.map(({ message }) => (
            <li key={message}>{message}</li>
          ))}
        </ul>
      )}
      <p className={styles.next}>
        <Button onClick={onRetry}>
          <RefreshIcon /> Try again
        </Button>
        {onClose && <Button onClick={onClose}>Close</Button>}
        {requestId && (
          <span className={styles.request}>
            Request <code>{requestId}</code>
          </span>
        )}
      </p>
    </div>
  );
};
