import { useId } from "react";
import { ChevronDownIcon, ChevronRightIcon } from "../../components/icons.tsx";
import { formatCount, formatShare } from "../../format/number.ts";
import { formatTime } from "../../format/time.ts";
import { usePreferences } from "../../preferences/preferences-provider.tsx";
import type { TimeWindow } from "../../view/time-range.ts";
import { formatSeen } from "./comparison.ts";
import { PatternDetails } from "./pattern-details.tsx";
import styles from "./pattern-row.module.css";
import { PatternText } from "./pattern-text.tsx";
import type { Pattern } from "./sections.ts";
import { SeveritySplit } from "./severity-split.tsx";

interface PatternRowProps {
  readonly pattern: Pattern;
  readonly isOpen: boolean;
  readonly onToggle: (hash: string) => void;
  /** The range that its times are in. */
  readonly range: TimeWindow;
  /** The largest share of all rows, which fills its bar. */
  readonly shareMax: number;
}

const Count = ({ pattern: { before, change, count } }: Pick<PatternRowProps, "pattern">) => {
  if (!before || change === "new") return formatCount(count);
  return (
    <>
      <span className={styles.before}>{formatCount(before.count)} →</span> {formatCount(count)}
    </>
  );
};

const Share = ({ pattern, shareMax }: Pick<PatternRowProps, "pattern" | "shareMax">) => {
  const { before } = pattern;
  const width = (share: number) => ({ width: `${(100 * share) / shareMax}%` });
  return (
    <>
      <span className={styles.percent}>{formatShare(pattern.share)}</span>
      <span className={styles.bars} title={before && `before: ${formatShare(before.share)}`}>
        <span className={styles.bar} style={width(pattern.share)} />
        {before && <span className={styles.barBefore} style={width(before.share)} />}
      </span>
    </>
  );
};

const Seen = ({ moment, range }: { readonly moment: string; readonly range: TimeWindow }) => {
  const { zone } = usePreferences().preferences;
  const ms = Date.parse(moment);
  return (
    <time dateTime={moment} title={formatTime(ms, zone)}>
      {formatSeen(ms, range, zone)}
    </time>
  );
};

/** A pattern as a row of a table, and its details as the row below it where it is open. */
export const PatternRow = (props: PatternRowProps) => {
  const { pattern, isOpen, onToggle, range } = props;
  const id = useId();
  const hasSelectedText = () => getSelection()?.type === "Range";
  return (
    <>
      <tr
        className={styles.row}
        data-change={pattern.change}
        onClick={() => hasSelectedText() || onToggle(pattern.hash)}
      >
        <td className={styles.count}>
          <Count pattern={pattern} />
        </td>
        <td className={styles.share}>
          <Share {...props} />
        </td>
        <td className={styles.severity}>
          <SeveritySplit counts={pattern.severities} />
        </td>
        <th scope="row" className={styles.pattern}>
          <button type="button" className={styles.toggle} aria-expanded={isOpen} aria-controls={id}>
            {isOpen ? <ChevronDownIcon /> : <ChevronRightIcon />}
            <span className={styles.text}>
              <PatternText pattern={pattern.pattern} />
            </span>
          </button>
        </th>
        <td className={styles.first}>
          <Seen moment={pattern.firstSeen} range={range} />
        </td>
        <td className={styles.last}>
          <Seen moment={pattern.lastSeen} range={range} />
        </td>
      </tr>
      <tr id={id} hidden={!isOpen} className={styles.opened}>
        <td colSpan={6}>
          {isOpen && (
            <PatternDetails
              pattern={pattern}
              elsewhere={pattern.change === "gone" ? range : undefined}
            />
          )}
        </td>
      </tr>
    </>
  );
};
