import stringWidth from "string-width";
import type { Claim } from "../../results/comparison.ts";
import { codeSpans } from "../../text/markup.ts";

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

/** Columns that a terminal needs: a Chinese character takes two, a colour none. */
export function widthOf(text: string): number {
  return stringWidth(text);
}

/** Prose without the backticks around code. */
export function plainProse(text: string): string {
  return codeSpans(text).join("");
}

/** Breaks a text at blanks that are no no-break spaces, and a word that is wider than a line within it; lines after the first are indented. */
export function wrap(text: string, width: number, indent = ""): string {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(/[^\S\u00a0]+/)) {
    if (line.trim() !== "" && widthOf(line) + 1 + widthOf(word) > width) {
      lines.push(line);
      line = indent + word;
    } else {
      line = line === "" ? word : `${line} ${word}`;
    }
    for (let begin = beginning(line, width); begin < line.length; begin = beginning(line, width)) {
      lines.push(line.slice(0, begin));
      line = indent + line.slice(begin);
    }
  }
  return [...lines, line].join("\n");
}

/** How much of a text a line holds; where the text goes on, up to a mark that parts an address or a path. */
function beginning(text: string, width: number): number {
  if (widthOf(text) <= width || text.includes("\u001b")) return text.length;
  let end = 0;
  for (const character of text) {
    if (widthOf(text.slice(0, end + character.length)) > width) break;
    end += character.length;
  }
  const mark = text.slice(0, end).search(/[^/.,:;=_-]*$/);
  return mark > end / 2 ? mark : Math.max(end, 1);
}
