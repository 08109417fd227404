/** Words for numbers in notes and evidence. */

/** One digit behind the point: 60.3 %. */
export function percent(value: number): string {
  return `${value.toFixed(1)} %`;
}

/** "+1.2 (0.3 to 2.1)", where the interval is known. */
export function difference(center: number, interval: { readonly low: number; readonly high: number } | undefined) {
  const signed = `${center < 0 ? "" : "+"}${center.toFixed(1)}`;
  return interval === undefined ? signed : `${signed} (${interval.low.toFixed(1)} to ${interval.high.toFixed(1)})`;
}
