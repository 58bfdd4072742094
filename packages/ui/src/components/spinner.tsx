import styles from "./spinner.module.css";

interface SpinnerProps {
  /** What is under way, for those who do not see it turn. */
  readonly label: string;
}

/** Turns, once something has taken longer than 200 ms: what is quick does not flash. */
export const Spinner = ({ label }: SpinnerProps) => (
  <span className={styles.spinner} role="status" aria-label={label} />
);
