import { formatCount, formatNumber, formatShare } from "../../format/number.ts";
import { useView } from "../../view/view-provider.tsx";
import type { ChartData, ChartGroup } from "./chart-data.ts";
import { withGroup } from "./group-query.ts";
import styles from "./groups-table.module.css";
import { isAdditive, type Measure, printMeasure } from "./measure.ts";
import { Sparkline } from "./sparkline.tsx";

export interface GroupsTableProps {
  readonly data: ChartData;
  readonly measure: Measure;
  readonly colours: readonly string[];
  readonly hidden: ReadonlySet<string>;
  /** Turns the drawing of a group on and off; undefined where none is drawn. */
  readonly onToggle: ((key: string) => void) | undefined;
  /** The interval that is pointed at. */
  readonly hovered: number | undefined;
}

const atPointer = "At pointer";

const textOf = (value: number | null | undefined) =>
  value === null || value === undefined ? "–" : formatNumber(value);

const GroupName = ({ label, by }: Pick<ChartGroup, "label" | "by">) => {
  const { edit } = useView();
  if (by === undefined || Object.keys(by).length === 0) return <>{label}</>;
  return (
    <button
      type="button"
      className={styles.name}
      title={`Show only ${label}`}
      onClick={() => edit((q) => withGroup(q, by))}
    >
      {label}
    </button>
  );
};

type RowProps = GroupsTableProps & { readonly group: ChartGroup; readonly colour: string };

const Row = ({ group, colour, ...table }: RowProps) => {
  const { key, label, by, total, count, share, values, line } = group;
  const { measure, hidden, onToggle, hovered } = table;
  const isShown = !hidden.has(key);
  return (
    <tr className={isShown ? undefined : styles.off}>
      <td className={styles.mark}>
        {onToggle ? (
          <input
            type="checkbox"
            className={styles.toggle}
            style={{ accentColor: colour }}
            aria-label={`Draw ${label}`}
            checked={isShown}
            onChange={() => onToggle(key)}
          />
        ) : (
          <span className={styles.swatch} style={{ background: colour }} />
        )}
      </td>
      <th scope="row" className={styles.group}>
        <GroupName label={label} by={by} />
      </th>
      {onToggle && (
        <td className={styles.hovered}>{hovered === undefined ? "" : textOf(values[hovered])}</td>
      )}
      <td>{textOf(total)}</td>
      {measure.name !== "count" && <td>{formatCount(count)}</td>}
      <td className={styles.share}>
        <span className={styles.bar}>
          <span style={{ width: `${(share ?? 0) * 100}%`, background: colour }} />
        </span>
        <span className={styles.percent}>{share === undefined ? "–" : formatShare(share)}</span>
      </td>
      {!onToggle && (
        <td className={styles.course}>
          <Sparkline values={line} colour={colour} isFromZero={isAdditive(measure)} />
        </td>
      )}
    </tr>
  );
};

/** The groups with their totals. A click on one asks for it. */
export const GroupsTable = (props: GroupsTableProps) => {
  const { data, measure, onToggle, colours } = props;
  const columns = [
    "Group",
    ...(onToggle ? [atPointer] : []),
    printMeasure(measure),
    ...(measure.name === "count" ? [] : ["Entries"]),
    "Share",
    ...(onToggle ? [] : ["Course"]),
  ];
  return (
    <table className={styles.table}>
      <thead>
        <tr>
          <td className={styles.mark} />
          {columns.map((name) => (
            <th key={name} scope="col" className={name === atPointer ? styles.hovered : undefined}>
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {data.groups.map((group, place) => (
          <Row key={group.key} {...props} group={group} colour={colours[place] ?? ""} />
        ))}
      </tbody>
      {data.unmeasured.length > 0 && (
        <tfoot>
          <tr>
            <td />
            <td className={styles.unmeasured} colSpan={columns.length}>
              No number of {measure.name !== "count" && measure.field}: {data.unmeasured.join(", ")}
            </td>
          </tr>
        </tfoot>
      )}
    </table>
  );
};
