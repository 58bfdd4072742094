import { useIsFetching } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { ChevronDownIcon } from "../../components/icons.tsx";
import { Menu, MenuItem } from "../../components/menu.tsx";
import { lengthMs, lengthWords } from "../../view/time-range.ts";
import { useView } from "../../view/view-provider.tsx";

const choices = ["off", "5s", "30s", "1m"] as const;

/** Asks for the view again and again. It is not in the address: who opens a shared view should see it stand still. */
export const AutoRefresh = () => {
  const { view, refresh } = useView();
  const [every, setEvery] = useState<(typeof choices)[number]>("off");
  // Asked again too early, what takes longer than the interval would never be shown.
  const isBusy = useIsFetching() > 0;
  const canRefresh = view.range.kind !== "between" && view.tab !== "live";
  useEffect(() => {
    const ms = lengthMs(every);
    if (ms === undefined || isBusy || !canRefresh) return undefined;
    const timer = setInterval(() => {
      if (!document.hidden) refresh();
    }, ms);
    return () => clearInterval(timer);
  }, [every, isBusy, canRefresh, refresh]);
  const textOf = (choice: string) =>
    choice === "off" ? "Off" : `Every ${lengthWords(choice).replace(/^1 /, "")}`;
  return (
    <Menu
      label={`Refresh by itself: ${textOf(every).toLowerCase()}`}
      face={every === "off" ? <ChevronDownIcon /> : every}
    >
      {(close) =>
        choices.map((choice) => (
          <MenuItem
            key={choice}
            isChosen={choice === every}
            onSelect={() => {
              setEvery(choice);
              close();
            }}
          >
            {textOf(choice)}
          </MenuItem>
        ))
      }
    </Menu>
  );
};
