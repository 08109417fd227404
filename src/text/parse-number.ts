/** A decimal number, or NaN: what Number takes besides (hexadecimal, blank text) is none. */
export function parseNumber(text: string): number {
  return /^[-+]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)?$/.test(text.trim()) ? Number(text) : Number.NaN;
}
