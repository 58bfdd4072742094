import { lazy, useRef, useState } from "react";
import { DownloadIcon } from "../../components/icons.tsx";
import { Popover } from "../../components/popover.tsx";
import { Spinner } from "../../components/spinner.tsx";
import { Fetched } from "../../shell/fetched.tsx";
import type { ExportState } from "./export-state.ts";

const ExportPanel = lazy(async () => ({
  default: (await import("./export-panel.tsx")).ExportPanel,
}));

/** Saves everything that the view finds as a file. */
export const ExportMenu = () => {
  const [state, setState] = useState<ExportState>({ kind: "idle" });
  const running = useRef<AbortController>(undefined);
  const face = state.kind === "running" ? <Spinner label="Exporting" /> : <DownloadIcon />;
  return (
    <Popover label="Export" face={face}>
      {() => (
        <Fetched>
          <ExportPanel {...{ state, setState, running }} />
        </Fetched>
      )}
    </Popover>
  );
};
