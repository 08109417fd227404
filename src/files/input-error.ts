/** Where in a file: a line (text) or a byte offset (binary), counted from 1 and 0. */
export type Place = { readonly line: number } | { readonly byte: number };

/**
 * Bad input, told in one line: the file, the place in it and what was expected. The command line prints it as
 * `error: FILE:LINE: what` or `error: FILE: byte OFFSET: what` and exits 2.
 */
export class InputError extends Error {
  override readonly name = "InputError";
  readonly file: string;
  readonly place: Place | undefined;

  /** @param place undefined where the whole file is meant. */
  constructor(file: string, place: Place | undefined, what: string) {
    super(`${where(file, place)}: ${what}`);
    this.file = file;
    this.place = place;
  }
}

function where(file: string, place: Place | undefined): string {
  if (place === undefined) return file;
  return "line" in place ? `${file}:${place.line}` : `${file}: byte ${place.byte}`;
}
