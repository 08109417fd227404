/** Foreign text within text of ours. */

/** A value from a file as an error shows it: in quotes, on one line, shortened. */
export function shown(value: unknown): string {
  const text = String(value);
  return JSON.stringify(text.length > 40 ? `${text.slice(0, 40)}...` : text);
}

/** A name as a terminal may show it: control characters, line ends among them, are blanks. */
export function printable(text: string): string {
  return text.replace(/\p{Cc}/gu, " ");
}

/** As a POSIX shell takes it for one word. */
export function shellWord(text: string): string {
  return /^[A-Za-z0-9_./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
