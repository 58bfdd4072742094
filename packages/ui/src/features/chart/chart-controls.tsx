import shared from "../../design/shared.module.css";
import { type ChartView, chartKinds, chartTops } from "../../view/view.ts";
import { useView } from "../../view/view-provider.tsx";
import styles from "./chart-controls.module.css";
import { type Measure, numericMeasures, parseMeasure, printMeasure } from "./measure.ts";
import { useChartFields } from "./use-chart.ts";

interface ChoiceProps {
  readonly label: string;
  readonly value: string;
  readonly options: readonly (readonly [value: string, text: string])[];
  readonly isDisabled?: boolean;
  readonly onChoose: (value: string) => void;
}

const Choice = ({ label, value, options, isDisabled = false, onChoose }: ChoiceProps) => (
  <label className={styles.choice}>
    <span className={styles.label}>{label}</span>
    <select
      className={styles.select}
      value={value}
      disabled={isDisabled}
      onChange={(event) => onChoose(event.currentTarget.value)}
    >
      {options.map(([option, text]) => (
        <option key={option} value={option}>
          {text}
        </option>
      ))}
    </select>
  </label>
);

/** With what is chosen among them, even where no entry has it now. */
const withChosen = (names: readonly string[], chosen: string): readonly string[] =>
  chosen === "" || names.includes(chosen) ? names : [chosen, ...names];

const kindNames = { line: "Lines", bar: "Bars", table: "Table" };

const KindChoice = ({ chart, change }: { chart: ChartView; change: Change }) => (
  <fieldset className={styles.kinds}>
    <legend className={shared.unseen}>Drawn as</legend>
    {chartKinds.map((kind) => (
      <label key={kind} className={styles.kind}>
        <input
          type="radio"
          name="chart-kind"
          className={shared.unseen}
          checked={kind === chart.kind}
          onChange={() => change({ kind })}
        />
        {kindNames[kind]}
      </label>
    ))}
  </fieldset>
);

type Change = (part: Partial<ChartView>) => void;

/** What is measured, by which groups, and how it is drawn. */
export const ChartControls = () => {
  const { view, show } = useView();
  const { groupFields, numberFields } = useChartFields();
  const { chart } = view;
  const measure = parseMeasure(chart.measure);
  const field = measure.name === "count" ? "" : measure.field;
  const numbers = withChosen(numberFields, field);
  const change: Change = (part) => show({ chart: { ...chart, ...part } });
  const choose = (name: string, of: string | undefined) => {
    const known = numericMeasures.find((one) => one === name);
    const next: Measure = known && of ? { name: known, field: of } : { name: "count" };
    change({ measure: printMeasure(next) });
  };
  return (
    <div className={styles.controls}>
      <Choice
        label="Measure"
        value={measure.name}
        options={["count", ...(numbers.length > 0 ? numericMeasures : [])].map((name) => [
          name,
          name,
        ])}
        onChoose={(name) => choose(name, field || numbers[0])}
      />
      {measure.name !== "count" && (
        <Choice
          label="of"
          value={field}
          options={numbers.map((name) => [name, name])}
          onChoose={(name) => choose(measure.name, name)}
        />
      )}
      <Choice
        label="by"
        value={chart.by}
        options={[
          ["", "nothing"],
          ...withChosen(groupFields, chart.by).map((name) => [name, name] as const),
        ]}
        onChoose={(by) => change({ by })}
      />
      <Choice
        label="top"
        value={`${chart.top}`}
        isDisabled={chart.by === ""}
        options={chartTops.map((top) => [`${top}`, `${top}`])}
        onChoose={(text) => change({ top: chartTops.find((top) => `${top}` === text) ?? 10 })}
      />
      <KindChoice chart={chart} change={change} />
    </div>
  );
};
