import styles from "./syntax-examples.module.css";
import { syntaxGroups } from "./syntax-groups.ts";

interface SyntaxExamplesProps {
  readonly onPick: (query: string) => void;
}

/** The forms of a query, each to be picked. */
export const SyntaxExamples = ({ onPick }: SyntaxExamplesProps) => (
  <div className={styles.help}>
    {syntaxGroups.map(({ title, examples }) => (
      <section key={title} aria-label={title}>
        <p className={styles.title} aria-hidden="true">
          {title}
        </p>
        {examples.map(([query, meaning]) => (
          <button
            key={query}
            type="button"
            className={styles.example}
            onClick={() => onPick(query)}
          >
            <code>{query}</code>
            <span className={styles.meaning}>{meaning}</span>
          </button>
        ))}
      </section>
    ))}
  </div>
);
