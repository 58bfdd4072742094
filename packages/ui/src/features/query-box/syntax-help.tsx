import { HelpIcon } from "../../components/icons.tsx";
import { Popover } from "../../components/popover.tsx";
import { syntaxGroups } from "./syntax-examples.ts";
import styles from "./syntax-help.module.css";

interface SyntaxHelpProps {
  readonly onPick: (query: string) => void;
}

/** What a query can say, by examples that go into the box when they are clicked. */
export const SyntaxHelp = ({ onPick }: SyntaxHelpProps) => (
  <Popover label="Query syntax" face={<HelpIcon />}>
    {(close) => (
      <div className={styles.help}>
        {syntaxGroups.map(({ title, examples }) => (
          <section key={title}>
            <h3 className={styles.title}>{title}</h3>
            {examples.map(([query, meaning]) => (
              <button
                key={query}
                type="button"
                className={styles.example}
                onClick={() => {
                  close();
                  onPick(query);
                }}
              >
                <code>{query}</code>
                <span className={styles.meaning}>{meaning}</span>
              </button>
            ))}
          </section>
        ))}
      </div>
    )}
  </Popover>
);
