import styles from "./skeleton.module.css";

// Widths like those of messages, so that it looks like a list that comes.
const widths = [62, 38, 71, 45, 54, 80, 33, 66, 49, 58, 41, 75, 36, 52, 69, 44, 60, 39, 73, 47];

/** The place of the rows, while the first of them are on their way. */
export const Skeleton = () => (
  <div className={styles.skeleton} aria-hidden="true">
    {widths.map((width) => (
      <div key={width} className={styles.row}>
        <span className={styles.time} />
        <span className={styles.severity} />
        <span className={styles.message} style={{ width: `${width}%` }} />
      </div>
    ))}
  </div>
);
