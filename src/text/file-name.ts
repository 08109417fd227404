/** An experiment's or a figure's id as the name of a file: "spread/table1" is spread-table1. */
export function fileName(id: string): string {
  return id.replace(/[^A-Za-z0-9._-]+/g, "-");
}

/** A file as titles name it: without its directories; "-" is the standard input. */
export function baseName(file: string): string {
  return file === "-" ? "standard input" : file.slice(file.lastIndexOf("/") + 1);
}
