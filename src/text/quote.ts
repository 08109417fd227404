/** Foreign text within text of ours. */

/** A value from a file as an error shows it: in quotes, on one line, shortened. */
export function shown(value: unknown): string {
  const text = String(value);
  return JSON.stringify(text.length > 40 ? `${text.slice(0, 40)}...` : text);
}

/** A text as a terminal may show it on one line: control characters, ends of lines and turns of direction are blanks. */
export function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]/gu, " ");
}

/** Plain data, as JSON holds it, with every text `printable`. */
export function printableTexts<Data>(data: Data): Data {
  const copy: Data = JSON.parse(JSON.stringify(data), (_, value) =>
    typeof value === "string" ? printable(value) : value,
  );
  return copy;
}

/** As a POSIX shell takes it for one word. */
export function shellWord(text: string): string {
  return /^[A-Za-z0-9_./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
