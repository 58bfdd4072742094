import { Spinner } from "../../components/spinner.tsx";
import styles from "./histogram.module.css";

export const Waiting = () => (
  <p className={styles.waiting}>
    <Spinner label="Counting entries" />
  </p>
);
