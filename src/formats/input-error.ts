/**
 * Bad input, told in one line: the file, the place in it and what was expected. The command line prints it as
 * `error: FILE:PLACE: what` and exits 2.
 */
export class InputError extends Error {
  override readonly name = "InputError";
  readonly file: string;
  readonly place: string | undefined;

  /** @param place `line 12`, `byte 4096`, or undefined where the whole file is meant. */
  constructor(file: string, place: string | undefined, what: string) {
    super(place === undefined ? `${file}: ${what}` : `${file}: ${place}: ${what}`);
    this.file = file;
    this.place = place;
  }
}
