/** One line of CSV (RFC 4180), its end included; numbers in full, what is absent is empty. */
export function csvLine(fields: readonly (string | number | boolean | null | undefined)[]): string {
  return `${fields.map((field) => quoted(String(field ?? ""))).join(",")}\r\n`;
}

function quoted(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
