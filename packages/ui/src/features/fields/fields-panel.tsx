import { useEffect, useLayoutEffect, useRef, useState } from "react";
import { Button } from "../../components/button.tsx";
import { CloseIcon } from "../../components/icons.tsx";
import { usePreferences } from "../../preferences/preferences-provider.tsx";
import { FieldBrowser } from "./field-browser.tsx";
import styles from "./fields-panel.module.css";

/** Where the panel lies over the list, as in its styles. */
const narrow = "(width <= 760px)";

const isNarrow = (): boolean => matchMedia(narrow).matches;

const Panel = ({ onClose }: { readonly onClose: () => void }) => {
  const panel = useRef<HTMLElement>(null);
  useEffect(() => {
    if (!isNarrow()) return undefined;
    const { activeElement } = document;
    panel.current?.focus();
    return () => {
      if (activeElement instanceof HTMLElement) activeElement.focus();
    };
  }, []);
  return (
    <>
      <aside
        ref={panel}
        tabIndex={-1}
        className={styles.panel}
        aria-label="Fields"
        onKeyDown={(event) => {
          if (event.key !== "Escape" || !isNarrow()) return;
          // The page has a use for it too.
          event.stopPropagation();
          onClose();
        }}
      >
        <header className={styles.head}>
          <h2 className={styles.title}>Fields</h2>
          <Button kind="quiet" aria-label="Hide the fields" onClick={onClose}>
            <CloseIcon />
          </Button>
        </header>
        <FieldBrowser />
      </aside>
      <div className={styles.backdrop} aria-hidden="true" onMouseDown={onClose} />
    </>
  );
};

/** The fields beside the list; on a narrow screen a drawer over it, closed until it is asked for. */
export const FieldsPanel = () => {
  const { preferences, prefer } = usePreferences();
  const close = () => prefer({ showsFields: false });
  const [hasBegun, setHasBegun] = useState(false);
  const { showsFields } = preferences;
  const newest = useRef({ showsFields, prefer });
  useLayoutEffect(() => {
    newest.current = { showsFields, prefer };
  });
  useLayoutEffect(() => {
    const media = matchMedia(narrow);
    let wasShown = false;
    const onWidth = () => {
      const { showsFields: isShown, prefer: change } = newest.current;
      if (media.matches) {
        wasShown = isShown;
        if (isShown) change({ showsFields: false });
      } else if (wasShown) {
        wasShown = false;
        change({ showsFields: true });
      }
    };
    onWidth();
    setHasBegun(true);
    media.addEventListener("change", onWidth);
    return () => media.removeEventListener("change", onWidth);
  }, []);
  return hasBegun && showsFields ? <Panel onClose={close} /> : null;
};
