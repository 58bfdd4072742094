/** What a person likes, kept in the browser and not in the address. */
export interface Preferences {
  readonly zone: "local" | "utc";
  readonly theme: "system" | "light" | "dark";
  readonly showsFields: boolean;
}

export const preferencesDefault: Preferences = {
  zone: "local",
  theme: "system",
  showsFields: true,
};

const zones: readonly unknown[] = ["local", "utc"];
const themes: readonly unknown[] = ["system", "light", "dark"];

const isPreferences = (
  value: Readonly<Record<string, unknown>>,
): value is Partial<Preferences> & typeof value =>
  zones.includes(value.zone ?? "local") &&
  themes.includes(value.theme ?? "system") &&
  typeof (value.showsFields ?? true) === "boolean";

/** Reads what was kept; what cannot be read is as by default. */
export const parsePreferences = (text: string | null): Preferences => {
  try {
    const value: unknown = JSON.parse(text ?? "{}");
    if (typeof value === "object" && value !== null && isPreferences({ ...value }))
      return { ...preferencesDefault, ...value };
  } catch {
    // An older or a broken text is as good as none.
  }
  return preferencesDefault;
};
