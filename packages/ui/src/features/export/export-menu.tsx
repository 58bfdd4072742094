import { useState } from "react";
import { Button } from "../../components/button.tsx";
import { DownloadIcon, WarningIcon } from "../../components/icons.tsx";
import { Popover } from "../../components/popover.tsx";
import { Spinner } from "../../components/spinner.tsx";
import { formatBytes } from "../../format/number.ts";
import { usePreferences } from "../../preferences/preferences-provider.tsx";
import { rangeText } from "../../view/range-text.ts";
import { useView } from "../../view/view-provider.tsx";
import styles from "./export-menu.module.css";
import { exportText } from "./export-text.ts";
import type { Format } from "./trailer.ts";
import { type ExportState, useExport } from "./use-export.ts";

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

/** Saves everything that the view finds as a file. */
export const ExportMenu = () => {
  const { state, start, cancel } = useExport();
  const [format, setFormat] = useState<Format>("ndjson");
  const isRunning = state.kind === "running";
  const face = isRunning ? <Spinner label="Exporting" /> : <DownloadIcon />;
  return (
    <Popover label="Export" face={face}>
      {() => (
        <div className={styles.panel}>
          <About />
          <FormatChoice format={format} onChoose={setFormat} />
          {isRunning ? (
            <p className={styles.running}>
              {formatBytes(state.bytes)} <Button onClick={cancel}>Cancel</Button>
            </p>
          ) : (
            <Button kind="primary" onClick={() => void start(format)}>
              <DownloadIcon /> Export
            </Button>
          )}
          <Outcome state={state} />
        </div>
      )}
    </Popover>
  );
};
