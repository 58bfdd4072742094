import type { Problem } from "@log-service/query";
import type { ComponentProps } from "react";
import { piecesOf } from "./pieces.ts";
import styles from "./query-input.module.css";

interface QueryInputProps extends ComponentProps<"textarea"> {
  readonly value: string;
  readonly problems: readonly Problem[];
  readonly hints: readonly Problem[];
}

/**
 * A text field over its own text in colours. The coloured layer lies in the flow and gives the field its height, so that the
 * two scroll as one.
 */
export const QueryInput = ({ value, problems, hints, ...rest }: QueryInputProps) => (
  <div className={styles.scroll}>
    <div className={styles.sheet}>
      <div className={styles.layer} aria-hidden="true">
        {piecesOf(value, problems, hints).map(({ from, to, kind, mark }) => (
          <span
            key={from}
            className={[kind && styles[kind], mark && styles[mark]].filter(Boolean).join(" ")}
          >
            {value.slice(from, to)}
          </span>
        ))}
        {/* A line without characters has no height. */}
        {"\u200b"}
      </div>
      <textarea
        className={styles.input}
        value={value}
        rows={1}
        spellCheck={false}
        autoComplete="off"
        autoCapitalize="off"
        autoCorrect="off"
        enterKeyHint="search"
        {...rest}
      />
    </div>
  </div>
);
