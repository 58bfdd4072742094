import { Dialog } from "./dialog.tsx";
import styles from "./numbers-dialog.module.css";

interface NumbersDialogProps {
  readonly title: string;
  readonly caption: string;
  /** The first one names the rows. */
  readonly columns: readonly string[];
  readonly rows: readonly {
    readonly key: string | number;
    readonly name: string;
    readonly cells: readonly string[];
  }[];
  readonly onClose: () => void;
}

/** The numbers of a drawing, for those who rather read. */
export const NumbersDialog = ({ title, caption, columns, rows, onClose }: NumbersDialogProps) => (
  <Dialog title={title} onClose={onClose}>
    <table className={styles.numbers}>
      <caption>{caption}</caption>
      <thead>
        <tr>
          {columns.map((name) => (
            <th key={name} scope="col">
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(({ key, name, cells }) => (
          <tr key={key}>
            <th scope="row">{name}</th>
            {cells.map((text, place) => (
              <td key={columns[place + 1]}>{text}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  </Dialog>
);
