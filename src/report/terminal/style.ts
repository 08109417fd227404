import { stripVTControlCharacters } from "node:util";
import type { Claim } from "../../results/comparison.ts";

export interface TerminalOptions {
  /** Characters of a line. */
  readonly width: number;
  readonly color: boolean;
}

const CODES: { readonly [look in Claim["verdict"] | "bold"]: readonly [number, number] } = {
  bold: [1, 22],
  agrees: [32, 39],
  pattern: [33, 39],
  differs: [31, 39],
  calibrated: [36, 39],
  "not run": [2, 22],
  undecided: [2, 22],
};

/** Colour beside the words, never instead of them. */
export function paint(look: keyof typeof CODES, text: string, color: boolean): string {
  const [on, off] = CODES[look];
  return color ? `\u001b[${on}m${text}\u001b[${off}m` : text;
}

/** Characters that a terminal shows. */
export function widthOf(text: string): number {
  return [...stripVTControlCharacters(text)].length;
}

/** Breaks a text at blanks; lines after the first are indented. A word that is too long stands alone. */
export function wrap(text: string, width: number, indent = ""): string {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(/\s+/)) {
    if (line.trim() !== "" && widthOf(line) + 1 + widthOf(word) > width) {
      lines.push(line);
      line = indent + word;
    } else {
      line = line === "" ? word : `${line} ${word}`;
    }
  }
  return [...lines, line].join("\n");
}
