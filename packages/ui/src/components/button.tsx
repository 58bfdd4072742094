import type { ComponentProps } from "react";
import styles from "./button.module.css";

interface ButtonProps extends ComponentProps<"button"> {
  /** `plain` has an outline, `quiet` has none, `primary` is the one that a person most likely wants. */
  readonly kind?: "plain" | "quiet" | "primary";
}

/** A button. One that shows only an icon needs an `aria-label`, which is its tooltip too. */
export const Button = ({ kind = "plain", className, title, ...rest }: ButtonProps) => (
  <button
    type="button"
    title={title ?? rest["aria-label"]}
    className={[styles.button, styles[kind], className].join(" ")}
    {...rest}
  />
);
