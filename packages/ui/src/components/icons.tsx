import type { PropsWithChildren } from "react";
import styles from "./icons.module.css";

/** Icons say nothing by themselves: the button or the text around them does. */
const Icon = ({ children }: PropsWithChildren) => (
  <svg className={styles.icon} viewBox="0 0 16 16" aria-hidden="true" focusable="false">
    {children}
  </svg>
);

const line = (path: string) => () => (
  <Icon>
    <path d={path} />
  </Icon>
);

export const SearchIcon = line("M7 2.5a4.5 4.5 0 1 0 0 9 4.5 4.5 0 0 0 0-9ZM10.3 10.3 14 14");
export const ZoomOutIcon = line(
  "M7 2.5a4.5 4.5 0 1 0 0 9 4.5 4.5 0 0 0 0-9ZM10.3 10.3 14 14M4.8 7h4.4",
);
export const CloseIcon = line("m4 4 8 8m0-8-8 8");
export const CheckIcon = line("m3 8.5 3.2 3.2L13 4.8");
export const ChevronDownIcon = line("m4 6 4 4 4-4");
export const ChevronLeftIcon = line("m10 4-4 4 4 4");
export const ChevronRightIcon = line("m6 4 4 4-4 4");
export const CopyIcon = line("M5.5 5.5h8v8h-8zM3 10.5h-.5v-8h8V3");
export const PlusIcon = line("M8 3.5v9M3.5 8h9");
export const MinusIcon = line("M3.5 8h9");
export const DownloadIcon = line("M8 2.5v7.5m-3-3 3 3 3-3M3 13.5h10");
export const StarIcon = line(
  "m8 2.3 1.7 3.6 4 .5-2.9 2.7.7 3.9L8 11.1 4.5 13l.7-3.9-2.9-2.7 4-.5z",
);
export const KeyIcon = line("M5.5 7.5a3 3 0 1 0 0 6 3 3 0 0 0 0-6ZM7.7 8.3l5.8-5.8M11 5l2 2");
export const HelpIcon = line(
  "M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2ZM6.2 6.3a1.8 1.8 0 1 1 2.6 1.6c-.5.3-.8.6-.8 1.2M8 11.2v.1",
);
export const SunIcon = line(
  "M8 5.2a2.8 2.8 0 1 0 0 5.6 2.8 2.8 0 0 0 0-5.6ZM8 1.5v1.2m0 10.6v1.2M1.5 8h1.2m10.6 0h1.2M3.4 3.4l.9.9m7.4 7.4.9.9m0-9.2-.9.9m-7.4 7.4-.9.9",
);
export const MoonIcon = line("M13.5 9.6A5.8 5.8 0 0 1 6.4 2.5a5.8 5.8 0 1 0 7.1 7.1Z");
export const ScreenIcon = line("M2.5 3.5h11v7.5h-11zM6 13.5h4M8 11v2.5");
export const FieldsIcon = line("M2.5 3.5h11M2.5 8h7M2.5 12.5h9");
export const ContextIcon = line("M3 3.5h10M3 12.5h10M2.5 6h11v4h-11z");
export const RefreshIcon = line("M13 8a5 5 0 1 1-1.6-3.7L13 5.8m0-3.3v3.3H9.7");
export const WarningIcon = line("M8 2.5 14.2 13H1.8zM8 6.5v3m0 1.7v.1");
export const PencilIcon = line("m3 13 .6-2.8 7.4-7.4 2.2 2.2-7.4 7.4z");
export const TrashIcon = line("M3 4.5h10M6 4.5v-2h4v2M4.5 4.5l.5 9h6l.5-9");
export const ClockIcon = line("M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2ZM8 4.8V8l2.2 1.6");
export const PlayIcon = line("M5 3.2v9.6L12.5 8z");
export const PauseIcon = line("M5.5 3.5v9m5-9v9");
