import { memo, useId } from "react";
import { valueTicks } from "../../axis/value-ticks.ts";
import styles from "./bars.module.css";
import { type Size, severityPaths, xOf } from "./geometry.ts";
import { type Series, severities, sumOf } from "./series.ts";

type BarsProps = Size & { readonly series: Series };

export const topOf = ({ bars }: Series): readonly number[] =>
  valueTicks(Math.max(0, ...bars.map(({ counts }) => sumOf(counts))), 1);

/** One path for each severity, whatever the number of bars; what is not counted yet is hatched. */
export const Bars = memo(({ series, width, height }: BarsProps) => {
  const hatchId = useId();
  const { window, countedTo } = series;
  const paths = severityPaths(series, Math.max(topOf(series).at(-1) ?? 0, 1), { width, height });
  const counted = xOf(countedTo, window, width);
  return (
    <svg width={width} height={height} className={styles.bars} aria-hidden="true">
      <pattern
        id={hatchId}
        width="6"
        height="6"
        patternUnits="userSpaceOnUse"
        patternTransform="rotate(45)"
      >
        <rect width="2" height="6" className={styles.hatch} />
      </pattern>
      {counted < width && (
        <rect x={counted} width={width - counted} height={height} fill={`url(#${hatchId})`} />
      )}
      {severities.map((severity) => (
        <path key={severity} d={paths[severity]} className={styles[severity]} />
      ))}
    </svg>
  );
});
