/** Times as logs write them. */

const CALENDAR =
  /^(\d{4})[-/](\d{2})[-/](\d{2})(?:[ T](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d+))?)?)?\s*(Z|UTC|[+-]\d{2}(?::?\d{2})?)?$/;

/**
 * Seconds since the Unix epoch, or NaN if the text is no time. Understood: seconds with or without a fraction
 * (milli-, micro- and nanoseconds are told by their size), and calendar times such as `2021-06-06T15:59:46.457984+0200`
 * or `2019/04/04 16:23:00.325010`, which are UTC where they name no offset.
 */
export function parseTime(text: string): number {
  if (text === "") return Number.NaN;
  const number = Number(text);
  if (!Number.isNaN(number)) return epochSeconds(number);
  const match = CALENDAR.exec(text);
  if (match === null) return Number.NaN;
  const [, year, month, day, hour = "0", minute = "0", second = "0", fraction = "0", offset] = match;
  const whole = Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute), Number(second));
  return whole / 1000 + Number(`0.${fraction}`) - offsetSeconds(offset);
}

/** A number as seconds: from 1e11 on (the year 5138) it counts milliseconds, from 1e14 micro-, from 1e17 nanoseconds. */
export function epochSeconds(number: number): number {
  if (number < 1e11) return number;
  if (number < 1e14) return number / 1e3;
  return number < 1e17 ? number / 1e6 : number / 1e9;
}

function offsetSeconds(offset: string | undefined): number {
  if (offset === undefined || offset === "Z" || offset === "UTC") return 0;
  const digits = offset.replace(/\D/g, "");
  const seconds = Number(digits.slice(0, 2)) * 3600 + Number(digits.slice(2) || "0") * 60;
  return offset.startsWith("-") ? -seconds : seconds;
}
