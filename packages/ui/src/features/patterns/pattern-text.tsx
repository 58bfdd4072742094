import { partsOfPattern } from "./pattern-parts.ts";
import styles from "./pattern-text.module.css";

interface PatternTextProps {
  readonly pattern: string;
}

/** The words of a pattern, and its placeholders set off from them. */
export const PatternText = ({ pattern }: PatternTextProps) => {
  let place = 0;
  return partsOfPattern(pattern).map(({ text, isPlaceholder }) => {
    const key = place++;
    // The brackets stay in the text, for who copies it or listens to it.
    return isPlaceholder ? (
      <span key={key} className={styles.placeholder}>
        <span className={styles.bracket}>{"<"}</span>
        {text.slice(1, -1)}
        <span className={styles.bracket}>{">"}</span>
      </span>
    ) : (
      <span key={key}>{text}</span>
    );
  });
};
