import { lazy, Suspense, useLayoutEffect } from "react";
import { Button } from "../../components/button.tsx";
import { CloseIcon } from "../../components/icons.tsx";
import { usePreferences } from "../../preferences/preferences-provider.tsx";
import styles from "./fields-panel.module.css";

// Its frame keeps the place, so that what is asked first is drawn first.
const FieldBrowser = lazy(async () => ({
  default: (await import("./field-browser.tsx")).FieldBrowser,
}));

/** Where the panel lies over the list, as in its styles. */
const isNarrow = (): boolean => matchMedia("(width <= 760px)").matches;

/** The fields beside the list; on a narrow screen a drawer over it, closed until it is asked for. */
export const FieldsPanel = () => {
  const { preferences, prefer } = usePreferences();
  const close = () => prefer({ showsFields: false });
  // biome-ignore lint/correctness/useExhaustiveDependencies: only what the page begins with is meant
  useLayoutEffect(() => {
    if (isNarrow()) close();
  }, []);
  if (!preferences.showsFields) return null;
  return (
    <>
      <aside
        className={styles.panel}
        aria-label="Fields"
        onKeyDown={(event) => {
          if (event.key === "Escape" && isNarrow()) close();
        }}
      >
        <header className={styles.head}>
          <h2 className={styles.title}>Fields</h2>
          <Button kind="quiet" aria-label="Hide the fields" onClick={close}>
            <CloseIcon />
          </Button>
        </header>
        <Suspense fallback={null}>
          <FieldBrowser />
        </Suspense>
      </aside>
      <div className={styles.backdrop} aria-hidden="true" onMouseDown={close} />
    </>
  );
};
