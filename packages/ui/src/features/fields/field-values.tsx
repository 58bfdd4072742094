import { queryLengthMax } from "@log-service/query";
import { type PropsWithChildren, useState } from "react";
import { failureSentence } from "../../components/failure-text.ts";
import { MinusIcon } from "../../components/icons.tsx";
import { Spinner } from "../../components/spinner.tsx";
import shared from "../../design/shared.module.css";
import { countOf, formatShare, formatShort } from "../../format/number.ts";
import { hasTerm, withoutTerm, withTerm } from "../../query-text/edit-query.ts";
import { useView } from "../../view/view-provider.tsx";
import { type FieldValue, valueText } from "./field-list.ts";
import styles from "./field-values.module.css";
import { useFieldValues } from "./use-fields.ts";

const [fewValues, manyValues] = [10, 100];

interface ValueRowProps {
  readonly field: string;
  readonly value: FieldValue;
  readonly count: number;
  /** Of the entries that have the field, from 0 to 1. */
  readonly share: number;
}

/** A value that can be asked for, or left out; what is asked for already is given up by the same click. */
const ValueRow = ({ field, value, count, share }: ValueRowProps) => {
  const { view, edit } = useView();
  const text = valueText(value);
  const isAsked = hasTerm(view.q, { field, value });
  const ask = (q: string) => (isAsked ? withoutTerm : withTerm)(q, { field, value });
  const exclude = (q: string) => withTerm(q, { field, value, isExcluded: true });
  return (
    <li className={styles.row}>
      <button
        type="button"
        className={styles.value}
        aria-pressed={isAsked}
        title={`${text}\n${countOf(count, "entry", "entries")}, ${formatShare(share)}`}
        disabled={ask(view.q).length > queryLengthMax}
        onClick={() => edit(ask)}
      >
        <span
          className={`${styles.bar} ${field === "severity" ? (styles[text] ?? "") : ""}`}
          style={{ width: `${share * 100}%` }}
        />
        <span className={styles.text}>
          <span className={shared.unseen}>Filter for {field} </span>
          {text}
        </span>
        <span className={styles.count}>{formatShort(count)}</span>
        <span className={styles.share}>{formatShare(share)}</span>
      </button>
      <button
        type="button"
        className={styles.exclude}
        aria-label={`Filter out ${field} ${text}`}
        title={`Filter out ${text}`}
        disabled={exclude(view.q).length > queryLengthMax}
        onClick={() => edit(exclude)}
      >
        <MinusIcon />
      </button>
    </li>
  );
};

const distinctText = (distinct: number): string =>
  distinct === 1 ? "1 value" : `${formatShort(distinct)} values`;

interface FieldValuesProps extends PropsWithChildren {
  readonly field: string;
}

/** The most frequent values of a field, each with its share; below them what else can be done with the field. */
export const FieldValues = ({ field, children }: FieldValuesProps) => {
  const [limit, setLimit] = useState(fewValues);
  const { data, error, isPlaceholderData } = useFieldValues(field, limit);
  if (error && !data) return <p className={styles.note}>{failureSentence(error)}</p>;
  if (!data)
    return (
      <div className={styles.waiting}>
        <Spinner label={`Counting the values of ${field}`} />
      </div>
    );
  const { values, otherCount, distinct, complete } = data;
  const total = values.reduce((sum, { count }) => sum + count, otherCount);
  return (
    <div className={isPlaceholderData ? styles.old : undefined}>
      <ul className={styles.values}>
        {values.map(({ value, count }) => (
          <ValueRow
            key={`${typeof value} ${value}`}
            field={field}
            value={value}
            count={count}
            share={count / total}
          />
        ))}
      </ul>
      <div className={styles.foot}>
        <span className={styles.summary}>
          {distinctText(distinct)}
          {otherCount > 0 &&
            ` · others ${formatShort(otherCount)} (${formatShare(otherCount / total)})`}
          {!complete && " · newest part counted"}
        </span>
        {otherCount > 0 && limit === fewValues && (
          <button type="button" className={shared.link} onClick={() => setLimit(manyValues)}>
            Show more
          </button>
        )}
        {children}
      </div>
    </div>
  );
};
