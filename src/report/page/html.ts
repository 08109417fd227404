import { codeSpans, escapeMarkup } from "../../text/markup.ts";

/** Markup that is safe to put into a page. Only `html` and `trusted` make it. */
export class Html {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/** What may stand between two pieces of markup: text is escaped, a list is joined, nothing is nothing. */
export type Part = Html | string | number | undefined | readonly Part[];

/** Markup with parts; every part that is no markup itself is escaped, for text and for a quoted attribute alike. */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Html {
  return new Html(strings.map((text, i) => text + (i < parts.length ? rendered(parts[i]) : "")).join(""));
}

/** Prose, with what stands between backticks as code. */
export function prose(text: string): Html {
  return html`${codeSpans(text).map((part, i) => (i % 2 === 0 ? part : html`<code>${part}</code>`))}`;
}

/** Markup made elsewhere by code that escapes what it is given (an SVG of ours, a style sheet). */
export function trusted(text: string): Html {
  return new Html(text);
}

/** A value as JSON inside a script element: no text of it can end that element. */
export function jsonScript(value: unknown): Html {
  return new Html(
    JSON.stringify(value).replace(/[<>\u2028\u2029]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`),
  );
}

/** An id or a fragment from any text: "spread/table1" gives "spread-table1". */
export function anchor(...parts: readonly string[]): string {
  return parts.join("-").replace(/[^A-Za-z0-9_-]+/g, "-");
}

function rendered(part: Part): string {
  if (part === undefined) return "";
  if (part instanceof Html) return part.text;
  return typeof part === "string" || typeof part === "number"
    ? escapeMarkup(String(part))
    : part.map(rendered).join("");
}
