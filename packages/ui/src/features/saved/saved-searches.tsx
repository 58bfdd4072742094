import { lazy } from "react";
import { StarIcon } from "../../components/icons.tsx";
import { Popover } from "../../components/popover.tsx";
import { Fetched } from "../../shell/fetched.tsx";

const SavedPanel = lazy(async () => ({ default: (await import("./saved-panel.tsx")).SavedPanel }));

/** Keeps searches in this browser, and leads back to them. */
export const SavedSearches = () => (
  <Popover label="Saved searches" face={<StarIcon />}>
    {(close) => (
      <Fetched>
        <SavedPanel onDone={close} />
      </Fetched>
    )}
  </Popover>
);
