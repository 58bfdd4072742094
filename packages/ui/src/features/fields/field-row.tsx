import { ChevronDownIcon, ChevronRightIcon } from "../../components/icons.tsx";
import shared from "../../design/shared.module.css";
import { countOf, formatShort } from "../../format/number.ts";
import { useView } from "../../view/view-provider.tsx";
import { type Field, measures, measuresOf } from "./field-list.ts";
import styles from "./field-row.module.css";
import { FieldValues } from "./field-values.tsx";
import { useFigures } from "./use-fields.ts";

const typeSigns = { string: "Aa", number: "#", boolean: "✓" } as const;

const signOf = ({ number = 0, boolean = 0, string = 0 }: Field["types"]): string => {
  if (number >= Math.max(boolean, string)) return typeSigns.number;
  return boolean >= string ? typeSigns.boolean : typeSigns.string;
};

const ChartButton = ({ name, isNumber }: { readonly name: string; readonly isNumber: boolean }) => {
  const { view, show } = useView();
  const change = isNumber ? { measure: `p95(${name})` } : { measure: "count", by: name };
  return (
    <button
      type="button"
      className={`${shared.link} ${styles.chart}`}
      onClick={() => show({ tab: "chart", chart: { ...view.chart, ...change } })}
    >
      {isNumber ? "Chart its p95" : "Chart its values"}
    </button>
  );
};

/** What can be said of numbers as a whole. */
const Figures = ({ name }: { readonly name: string }) => {
  const { data = [] } = useFigures(name);
  return (
    <dl className={styles.figures}>
      {measures.map((measure, i) => (
        <div key={measure}>
          <dt>{measure}</dt>
          <dd title={data[i]}>{data[i] ?? "…"}</dd>
        </div>
      ))}
    </dl>
  );
};

interface FieldRowProps {
  readonly field: Field;
  readonly isOpen: boolean;
  readonly onToggle: () => void;
}

/** A field with how many entries have it; open, its values. */
export const FieldRow = ({ field, isOpen, onToggle }: FieldRowProps) => {
  const { name, types, count } = field;
  const kinds = Object.keys(types).join(", ");
  const isNumber = signOf(types) === typeSigns.number && measuresOf(name) !== undefined;
  return (
    <li>
      <button
        type="button"
        className={styles.head}
        aria-expanded={isOpen}
        title={`${name}\n${kinds}, in ${countOf(count, "entry", "entries")}`}
        onClick={onToggle}
      >
        {isOpen ? <ChevronDownIcon /> : <ChevronRightIcon />}
        <span className={styles.type} aria-hidden="true">
          {signOf(types)}
        </span>
        <span className={styles.name}>{name}</span>
        <span className={styles.count}>{formatShort(count)}</span>
      </button>
      {isOpen && (
        <div className={styles.body}>
          {isNumber && <Figures name={name} />}
          <FieldValues field={name}>
            <ChartButton name={name} isNumber={isNumber} />
          </FieldValues>
        </div>
      )}
    </li>
  );
};
