import { memo } from "react";
import { sparkPath } from "./spark-path.ts";

interface SparklineProps {
  readonly values: readonly (number | null)[];
  readonly colour: string;
  readonly isFromZero: boolean;
}

const [width, height] = [120, 20];

/** The course of a group in the height of a line. */
export const Sparkline = memo(({ values, colour, isFromZero }: SparklineProps) => (
  <svg width={width} height={height} aria-hidden="true">
    <path d={sparkPath(values, { width, height }, isFromZero)} stroke={colour} fill="none" />
  </svg>
));
