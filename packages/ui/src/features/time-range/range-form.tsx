import { type SubmitEvent, useEffect, useId, useRef, useState } from "react";
import { Button } from "../../components/button.tsx";
import { formatZone } from "../../format/time.ts";
import { usePreferences } from "../../preferences/preferences-provider.tsx";
import { printMoment } from "../../view/moment.ts";
import { lengthMs, presets, type TimeRange } from "../../view/time-range.ts";
import { useView } from "../../view/view-provider.tsx";
import { Field } from "./field.tsx";
import { parseLength } from "./parse-length.ts";
import { parseRange } from "./parse-moment.ts";
import styles from "./range-form.module.css";

interface PartProps {
  readonly onChoose: (range: TimeRange) => void;
}

/** Any length, as it is typed. */
const LengthPart = ({ onChoose }: PartProps) => {
  const [problem, setProblem] = useState<string>();
  const onSubmit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const length = parseLength(`${new FormData(event.currentTarget).get("length")}`);
    if (length !== undefined) onChoose({ kind: "last", length });
    else setProblem("Write a length like 90m, 36h or 2 days.");
  };
  return (
    <form className={styles.line} onSubmit={onSubmit}>
      <Field label="Last" name="length" placeholder="90m, 36h, 2 days" problem={problem} />
      <Button type="submit">Show</Button>
    </form>
  );
};

const PresetsPart = ({ onChoose }: PartProps) => {
  const { range } = useView().view;
  const shownMs = range.kind === "last" ? lengthMs(range.length) : undefined;
  return (
    <fieldset aria-label="Usual lengths" className={styles.presets}>
      {presets.map((length) => (
        <Button
          key={length}
          aria-label={`Last ${length}`}
          aria-pressed={lengthMs(length) === shownMs}
          onClick={() => onChoose({ kind: "last", length })}
        >
          {length}
        </Button>
      ))}
    </fieldset>
  );
};

/** Two moments. Times are on the clock of the zone unless they say theirs. */
const BetweenPart = ({ onChoose }: PartProps) => {
  const { view, window } = useView();
  const { zone } = usePreferences().preferences;
  const [wrong, setWrong] = useState<{ wrong: "from" | "to"; problem: string }>();
  const onSubmit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const typed = new FormData(event.currentTarget);
    const read = parseRange(`${typed.get("from")}`, `${typed.get("to")}`, zone, Date.now());
    if ("range" in read) onChoose(read.range);
    else setWrong(read);
  };
  const problemOf = (name: "from" | "to") => (wrong?.wrong === name ? wrong.problem : undefined);
  const to = view.range.kind === "between" ? printMoment(view.range.to, zone) : "now";
  return (
    <form className={styles.between} onSubmit={onSubmit}>
      <Field
        label="From"
        name="from"
        value={printMoment(window.from, zone).slice(0, 19)}
        problem={problemOf("from")}
      />
      <Field label="To" name="to" value={to} problem={problemOf("to")} />
      <div className={styles.end}>
        <span className={styles.zone}>
          {zone === "local" ? "local time, " : ""}
          {formatZone(window.to, zone)}
        </span>
        <Button type="submit" kind="primary">
          Show
        </Button>
      </div>
    </form>
  );
};

interface RangeFormProps {
  readonly onDone: () => void;
}

/** All ways to say a range of time. */
export const RangeForm = ({ onDone }: RangeFormProps) => {
  const { show } = useView();
  const titleId = useId();
  const form = useRef<HTMLDivElement>(null);
  // It may have been fetched after the panel around it was opened and looked for what takes the focus.
  useEffect(() => form.current?.querySelector("input")?.focus(), []);
  const onChoose = (range: TimeRange) => {
    show({ range });
    onDone();
  };
  return (
    <div ref={form} className={styles.form}>
      <LengthPart onChoose={onChoose} />
      <PresetsPart onChoose={onChoose} />
      <section aria-labelledby={titleId}>
        <h2 id={titleId} className={styles.title}>
          Between two times
        </h2>
        <BetweenPart onChoose={onChoose} />
      </section>
    </div>
  );
};
