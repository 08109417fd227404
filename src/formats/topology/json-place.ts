/** Lines of a JSON text, for errors: the parser does not tell them. */

/** The line of a character, counted from 1. */
export function lineOfOffset(text: string, offset: number): number {
  let line = 1;
  for (let at = text.indexOf("\n"); at >= 0 && at < offset; at = text.indexOf("\n", at + 1)) line++;
  return line;
}

/** The line on which element `index` of the list at `key` of a well-formed object begins. */
export function lineOfElement(text: string, key: string, index: number): number {
  let depth = 0;
  /** The last string at depth 1: a key, if a list begins behind it. */
  let name = "";
  let element = -1;
  for (let at = 0; at < text.length; at++) {
    const character = text[at];
    if (element === index && !/\s/.test(character)) return lineOfOffset(text, at);
    if (character === '"') {
      const end = endOfString(text, at);
      if (depth === 1) name = text.slice(at + 1, end);
      at = end;
    } else if (character === "{" || character === "[") {
      if (++depth === 2) {
        element = character === "[" && name === key ? 0 : -1;
      }
    } else if (character === "}" || character === "]") {
      if (--depth === 1) element = -1;
    } else if (character === "," && depth === 2 && element >= 0) element++;
  }
  return lineOfOffset(text, text.length);
}

function endOfString(text: string, start: number): number {
  let at = start + 1;
  while (at < text.length && text[at] !== '"') at += text[at] === "\\" ? 2 : 1;
  return at;
}
