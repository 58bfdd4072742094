import { useId } from "react";
import shared from "../../design/shared.module.css";
import styles from "./range-form.module.css";

interface FieldProps {
  readonly label: string;
  readonly name: string;
  readonly value?: string;
  readonly placeholder?: string;
  readonly problem: string | undefined;
}

/** A labelled text field, and below it what is wrong with its text. */
export const Field = ({ label, name, value, placeholder, problem }: FieldProps) => {
  const problemId = useId();
  return (
    <label className={styles.field}>
      <span className={styles.label}>{label}</span>
      <input
        className={`${shared.input} ${styles.input}`}
        name={name}
        defaultValue={value}
        placeholder={placeholder}
        autoComplete="off"
        spellCheck={false}
        aria-invalid={problem !== undefined}
        aria-describedby={problem && problemId}
      />
      <span id={problemId} role="alert" className={styles.problem}>
        {problem}
      </span>
    </label>
  );
};
