const whole = new Intl.NumberFormat("en");
const short = new Intl.NumberFormat("en", { notation: "compact", maximumFractionDigits: 1 });
const measured = new Intl.NumberFormat("en", { maximumSignificantDigits: 4 });
const tenths = new Intl.NumberFormat("en", { maximumFractionDigits: 1 });
const percent = new Intl.NumberFormat("en", { style: "percent", maximumFractionDigits: 1 });

/** A count with all its digits, as in `12,345`. */
export const formatCount = (count: number): string => whole.format(count);

/** A count and what is counted, as in `1 entry`. */
export const countOf = (count: number, one: string, many: string): string =>
  `${formatCount(count)} ${count === 1 ? one : many}`;

/** A count for a narrow place, as in `12.3K`. */
export const formatShort = (count: number): string => short.format(count);

/** A measured number with four significant digits. */
export const formatNumber = (value: number): string => measured.format(value);

/** A share from 0 to 1; what is there is never 0%. */
export const formatShare = (share: number): string =>
  share > 0 && share < 0.0005 ? "<0.1%" : percent.format(share);

const sizes = ["B", "kB", "MB", "GB", "TB"];

/** A size in powers of a thousand, as in `12.3 MB`. */
export const formatBytes = (bytes: number): string => {
  const power = Math.min(sizes.length - 1, Math.floor(Math.log10(Math.max(1, bytes)) / 3));
  return `${tenths.format(bytes / 1000 ** power)} ${sizes[power]}`;
};
