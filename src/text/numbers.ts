/** Numbers as text for people, the same in every locale. */

/** "1,234,567.5", with at most so many decimals. */
export function grouped(value: number, decimals = 0): string {
  return value.toLocaleString("en-US", { maximumFractionDigits: decimals });
}

/** "1,235,000": so many significant digits at most. */
export function groupedSignificant(value: number, digits: number): string {
  return value.toLocaleString("en-US", { maximumSignificantDigits: digits });
}

/** The shortest text of a number rounded to so many significant digits: 0.0863, 1.44, 1230. */
export function significant(value: number, digits: number): string {
  return String(Number(value.toPrecision(digits)));
}

/** A share as per cents with so many decimals: 0.214 is "21.40 %". */
export function percent(share: number, decimals = 2): string {
  return perCents(100 * share, decimals);
}

/** What is in per cents already: 60.34 is "60.3 %". */
export function perCents(value: number, decimals = 1): string {
  return `${value.toFixed(decimals)} %`;
}

/** A share as per cents of so many significant digits: 0.214 is "21.4 %". */
export function significantPercent(share: number, digits = 3): string {
  return `${significant(100 * share, digits)} %`;
}

/** A number of things: "1 node", "2,914 nodes". */
export function count(value: number, one: string, many = `${one}s`): string {
  return `${grouped(value)} ${value === 1 ? one : many}`;
}

/** Bytes in decimal units: "12.3 kB", "1.23 MB". @param decimals of megabytes; kilobytes have one less */
export function size(bytes: number, decimals = 2): string {
  return bytes >= 1e6 ? `${(bytes / 1e6).toFixed(decimals)} MB` : `${(bytes / 1e3).toFixed(decimals - 1)} kB`;
}
