import { useState } from "react";
import { Button } from "../../components/button.tsx";
import { DownloadIcon, WarningIcon } from "../../components/icons.tsx";
import { focusFirst } from "../../components/popover.tsx";
import { formatBytes } from "../../format/number.ts";
import { usePreferences } from "../../preferences/preferences-provider.tsx";
import { rangeText } from "../../view/range-text.ts";
import { useView } from "../../view/view-provider.tsx";
import styles from "./export-panel.module.css";
import type { ExportState } from "./export-state.ts";
import { exportText } from "./export-text.ts";
import type { Format } from "./trailer.ts";
import { type ExportControl, useExport } from "./use-export.ts";

const formats: readonly (readonly [Format, string, string])[] = [
  ["ndjson", "NDJSON", "One entry a line, with everything. Can be sent to a log service again."],
  ["csv", "CSV", "For spreadsheets, with all attributes in one column."],
];

const FormatChoice = ({
  format,
  onChoose,
}: {
  format: Format;
  onChoose: (format: Format) => void;
}) => (
  <fieldset className={styles.formats}>
    <legend>Format</legend>
    {formats.map(([value, name, about]) => (
      <label key={value} className={styles.format}>
        <input
          type="radio"
          name="format"
          value={value}
          checked={value === format}
          onChange={() => onChoose(value)}
        />
        <span>
          {name}
          <span className={styles.about}>{about}</span>
        </span>
      </label>
    ))}
  </fieldset>
);

const About = () => {
  const { view } = useView();
  const { zone } = usePreferences().preferences;
  return (
    <p className={styles.what}>
      {view.q ? (
        <>
          Everything that matches <code>{view.q}</code>
        </>
      ) : (
        "All entries"
      )}
      {` · ${rangeText(view.range, zone)}`}
    </p>
  );
};

const Outcome = ({ state }: { readonly state: ExportState }) => {
  const { text, problems } = exportText(state);
  return (
    <div role="status" className={styles.outcome}>
      {problems.length > 0 && <WarningIcon />}
      <div>
        {text}
        {problems.length > 0 && (
          <ul className={styles.problems}>
            {problems.map((problem) => (
              <li key={problem}>{problem}</li>
            ))}
          </ul>
        )}
      </div>
    </div>
  );
};

/** What is exported, and how far it is. The export goes on when the panel is closed. */
export const ExportPanel = (control: ExportControl) => {
  const { state } = control;
  const { start, cancel } = useExport(control);
  const [format, setFormat] = useState<Format>("ndjson");
  const isRunning = state.kind === "running";
  return (
    <div className={styles.panel} ref={focusFirst}>
      <About />
      <FormatChoice format={format} onChoose={setFormat} />
      <div className={isRunning ? styles.running : styles.start}>
        {isRunning && <span>{formatBytes(state.bytes)}</span>}
        {/* One button, which keeps the focus. */}
        <Button
          kind={isRunning ? "plain" : "primary"}
          onClick={isRunning ? cancel : () => void start(format)}
        >
          {isRunning ? (
            "Cancel"
          ) : (
            <>
              <DownloadIcon /> Export
            </>
          )}
        </Button>
      </div>
      <Outcome state={state} />
    </div>
  );
};
