import { type PropsWithChildren, useId, useLayoutEffect, useRef } from "react";
import { Button } from "./button.tsx";
import styles from "./dialog.module.css";
import { CloseIcon } from "./icons.tsx";

interface DialogProps extends PropsWithChildren {
  readonly title: string;
  /** `side` is as high as the window, and leaves what is beside it in sight. */
  readonly kind?: "centre" | "side";
  readonly onClose: () => void;
}

/** A modal dialog, open as long as it is rendered. Focus returns to where it was. */
export const Dialog = ({ title, kind = "centre", onClose, children }: DialogProps) => {
  const dialog = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  // Closed before it is removed: only then does the browser give focus back.
  useLayoutEffect(() => {
    const element = dialog.current;
    element?.showModal();
    return () => element?.close();
  }, []);
  return (
    // Esc does for the keyboard what a press beside the dialog does.
    <dialog
      ref={dialog}
      className={`${styles.dialog} ${styles[kind]}`}
      aria-labelledby={titleId}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      // A click may also be text that was selected from inside to beside it.
      onMouseDown={(event) => {
        if (event.target === event.currentTarget) onClose();
      }}
    >
      <div className={styles.box}>
        <header className={styles.head}>
          <h2 id={titleId} className={styles.title}>
            {title}
          </h2>
          <Button kind="quiet" aria-label="Close" onClick={onClose}>
            <CloseIcon />
          </Button>
        </header>
        <div className={styles.body}>{children}</div>
      </div>
    </dialog>
  );
};
