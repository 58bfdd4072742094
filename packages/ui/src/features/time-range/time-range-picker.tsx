import { lazy } from "react";
import { Button } from "../../components/button.tsx";
import {
  ChevronDownIcon,
  ChevronLeftIcon,
  ChevronRightIcon,
  ClockIcon,
  RefreshIcon,
  ZoomOutIcon,
} from "../../components/icons.tsx";
import { Popover } from "../../components/popover.tsx";
import { usePreferences } from "../../preferences/preferences-provider.tsx";
import { Fetched } from "../../shell/fetched.tsx";
import { rangeText } from "../../view/range-text.ts";
import { shift, zoomOut } from "../../view/time-range.ts";
import { useView } from "../../view/view-provider.tsx";
import { AutoRefresh } from "./auto-refresh.tsx";
import styles from "./time-range-picker.module.css";

const RangeForm = lazy(async () => ({ default: (await import("./range-form.tsx")).RangeForm }));

/** Shows the range of time and leads to others. */
export const TimeRangePicker = () => {
  const { view, window, show, refresh } = useView();
  const { preferences } = usePreferences();
  const text = rangeText(view.range, preferences.zone);
  const go = (direction: -1 | 1) => show({ range: shift(window, direction, Date.now()) });
  return (
    <fieldset aria-label="Time range" className={styles.picker}>
      <Button kind="quiet" aria-label="Earlier" onClick={() => go(-1)}>
        <ChevronLeftIcon />
      </Button>
      <Popover
        label={`Time range: ${text}`}
        kind="plain"
        face={
          <>
            <ClockIcon />
            <span className={styles.face}>{text}</span>
            <ChevronDownIcon />
          </>
        }
      >
        {(close) => (
          <Fetched waiting={<div className={styles.waiting} />}>
            <RangeForm onDone={close} />
          </Fetched>
        )}
      </Popover>
      <Button
        kind="quiet"
        aria-label="Later"
        disabled={view.range.kind !== "between"}
        onClick={() => go(1)}
      >
        <ChevronRightIcon />
      </Button>
      <Button
        kind="quiet"
        aria-label="Zoom out"
        onClick={() => show({ range: zoomOut(window, Date.now()) })}
      >
        <ZoomOutIcon />
      </Button>
      <Button kind="quiet" aria-label="Refresh" onClick={refresh}>
        <RefreshIcon />
      </Button>
      <AutoRefresh />
    </fieldset>
  );
};
