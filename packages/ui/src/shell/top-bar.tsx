import type { MouseEvent } from "react";
import { useClient } from "../client/client-provider.tsx";
import { Button } from "../components/button.tsx";
import {
  CheckIcon,
  FieldsIcon,
  KeyIcon,
  MoonIcon,
  ScreenIcon,
  SunIcon,
} from "../components/icons.tsx";
import { Menu, MenuItem } from "../components/menu.tsx";
import { HelpDialog } from "../features/help/help-dialog.tsx";
import { formatZone } from "../format/time.ts";
import { usePreferences } from "../preferences/preferences-provider.tsx";
import { printView, tabs } from "../view/view.ts";
import { useView } from "../view/view-provider.tsx";
import { tabNames } from "./title.ts";
import styles from "./top-bar.module.css";

const opensElsewhere = ({ ctrlKey, metaKey, shiftKey, button }: MouseEvent): boolean =>
  ctrlKey || metaKey || shiftKey || button !== 0;

const Tabs = () => {
  const { view, show } = useView();
  return (
    <nav aria-label="Views" className={styles.tabs}>
      {tabs.map((tab) => (
        <a
          key={tab}
          className={styles.tab}
          href={`${location.pathname}${printView({ ...view, tab })}`}
          aria-current={tab === view.tab ? "page" : undefined}
          onClick={(event) => {
            if (opensElsewhere(event)) return;
            event.preventDefault();
            show({ tab });
          }}
        >
          {tabNames[tab]}
        </a>
      ))}
    </nav>
  );
};

const ZoneButton = () => {
  const { preferences, prefer } = usePreferences();
  const isUtc = preferences.zone === "utc";
  const offset = formatZone(Date.now(), "local").replace("UTC", "");
  const zone = isUtc ? "UTC" : `Local ${offset}`.trim();
  return (
    <Button
      kind="quiet"
      className={styles.zone}
      aria-label={`${zone} time. Show ${isUtc ? "local time" : "UTC"}`}
      onClick={() => prefer({ zone: isUtc ? "local" : "utc" })}
    >
      {zone}
    </Button>
  );
};

const themes = [
  { theme: "system", name: "Like the system", icon: <ScreenIcon /> },
  { theme: "light", name: "Light", icon: <SunIcon /> },
  { theme: "dark", name: "Dark", icon: <MoonIcon /> },
] as const;

const ThemeMenu = () => {
  const { preferences, prefer } = usePreferences();
  const chosen = themes.find(({ theme }) => theme === preferences.theme);
  return (
    <Menu label="Colours" face={chosen?.icon}>
      {(close) =>
        themes.map(({ theme, name, icon }) => (
          <MenuItem
            key={theme}
            isChosen={theme === preferences.theme}
            onSelect={() => {
              prefer({ theme });
              close();
            }}
          >
            {icon} {name} {theme === preferences.theme && <CheckIcon />}
          </MenuItem>
        ))
      }
    </Menu>
  );
};

/** There where a key is in use: an open service asks for none. */
const KeyMenu = () => {
  const { apiKey, signIn } = useClient();
  if (apiKey === undefined) return null;
  return (
    <Menu label="API key" face={<KeyIcon />}>
      {() => (
        <MenuItem onSelect={() => signIn(undefined, false)}>Sign out, forget the key</MenuItem>
      )}
    </Menu>
  );
};

/** The head of the page: where one is, and how it looks. */
export const TopBar = () => {
  const { preferences, prefer } = usePreferences();
  const { showsFields } = preferences;
  return (
    <header className={styles.bar}>
      <h1 className={styles.name}>Logs</h1>
      <Tabs />
      <div className={styles.tools}>
        <Button
          kind="quiet"
          aria-label="Fields"
          aria-pressed={showsFields}
          title={showsFields ? "Hide the fields (f)" : "Show the fields (f)"}
          onClick={() => prefer({ showsFields: !showsFields })}
        >
          <FieldsIcon />
        </Button>
        <ZoneButton />
        <ThemeMenu />
        <HelpDialog />
        <KeyMenu />
      </div>
    </header>
  );
};
