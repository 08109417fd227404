/** Streaming XML: elements with their text, in bounded memory, and without entities of the document's own. */
import { SaxesParser } from "saxes";
import type { ByteWindow } from "../../files/byte-window.ts";
import { InputError } from "../../files/input-error.ts";
import { shown } from "../../text/quote.ts";

/** One tag, comment or text may not be longer: memory must not follow a file without tags. */
const MAX_TOKEN_CHARACTERS = 1024 * 1024;
const MAX_DEPTH = 64;
const MAX_ATTRIBUTES = 256;
const STEP_BYTES = 64 * 1024;
const DECLARATION_BYTES = 256;

/** Element names come without their namespace prefix. */
export interface XmlHandlers {
  open(name: string, attributes: Readonly<Record<string, string>>, line: number): void;
  /** @param text what stands directly in the element, trimmed. */
  close(name: string, text: string, line: number): void;
}

/**
 * Reads a document to its end.
 *
 * @throws InputError for XML that is not well-formed, declares entities (they are how XML bombs grow), or nests too deeply;
 * what the handlers throw goes through.
 */
export async function readXml(window: ByteWindow, name: string, handlers: XmlHandlers): Promise<void> {
  const decoder = await decoderOf(window, name);
  const reader = new XmlReader(name, handlers);
  for await (const chunk of window.rest()) {
    for (let at = 0; at < chunk.length; at += STEP_BYTES) {
      reader.write(decoder.decode(chunk.subarray(at, at + STEP_BYTES), { stream: true }));
    }
  }
  reader.write(decoder.decode());
  reader.end();
}

/** By the byte order mark, or the XML declaration. */
async function decoderOf(window: ByteWindow, name: string): Promise<TextDecoder> {
  await window.fill(DECLARATION_BYTES);
  const head = window.bytes.subarray(window.start, Math.min(window.end, window.start + DECLARATION_BYTES));
  if (head[0] === 0xff && head[1] === 0xfe) return new TextDecoder("utf-16le");
  if (head[0] === 0xfe && head[1] === 0xff) return new TextDecoder("utf-16be");
  const declared = /^(?:\xef\xbb\xbf)?<\?xml[^>]*?\sencoding\s*=\s*["']([^"']*)["']/.exec(String.fromCharCode(...head));
  const encoding = declared?.[1] ?? "utf-8";
  try {
    return new TextDecoder(/^utf-?16/i.test(encoding) ? "utf-8" : encoding);
  } catch {
    throw new InputError(name, { line: 1 }, `unknown encoding ${shown(encoding)}`);
  }
}

class XmlReader {
  private readonly parser = new SaxesParser();
  private readonly file: string;
  private readonly handlers: XmlHandlers;
  /** Text so far of each open element. */
  private readonly texts: string[] = [];
  private tagLine = 1;
  private attributes = 0;
  private lastEvent = 0;

  constructor(file: string, handlers: XmlHandlers) {
    this.file = file;
    this.handlers = handlers;
    const { parser } = this;
    parser.on("error", (error) => this.fail(plainReason(error.message)));
    parser.on("doctype", (doctype) => this.checkDoctype(doctype));
    parser.on("comment", () => this.seen());
    parser.on("processinginstruction", () => this.seen());
    parser.on("opentagstart", () => {
      this.seen();
      this.tagLine = parser.line;
      this.attributes = 0;
    });
    parser.on("attribute", () => {
      if (++this.attributes > MAX_ATTRIBUTES) this.fail(`element with more than ${MAX_ATTRIBUTES} attributes`);
    });
    parser.on("opentag", (tag) => this.open(tag.name, tag.attributes));
    parser.on("closetag", (tag) => this.close(tag.name));
    parser.on("text", (text) => this.append(text));
    parser.on("cdata", (text) => this.append(text));
  }

  write(text: string): void {
    if (text === "") return;
    this.parser.write(text);
    if (this.parser.position - this.lastEvent > MAX_TOKEN_CHARACTERS) {
      this.fail(`more than ${MAX_TOKEN_CHARACTERS} characters without a tag`);
    }
  }

  end(): void {
    this.parser.close();
  }

  private open(tag: string, attributes: Record<string, string>): void {
    this.seen();
    if (this.texts.length === MAX_DEPTH) this.fail(`elements nested more than ${MAX_DEPTH} deep`);
    this.texts.push("");
    this.handlers.open(localName(tag), attributes, this.tagLine);
  }

  private close(tag: string): void {
    this.seen();
    this.handlers.close(localName(tag), (this.texts.pop() ?? "").trim(), this.parser.line);
  }

  private append(text: string): void {
    this.seen();
    const top = this.texts.length - 1;
    if (top < 0) return;
    this.texts[top] += text;
    if (this.texts[top].length > MAX_TOKEN_CHARACTERS)
      this.fail(`text of more than ${MAX_TOKEN_CHARACTERS} characters`);
  }

  private checkDoctype(doctype: string): void {
    this.seen();
    if (/<!ENTITY/i.test(doctype)) this.fail("the document declares entities, which are not expanded");
  }

  private seen(): void {
    this.lastEvent = this.parser.position;
  }

  private fail(what: string): never {
    throw new InputError(this.file, { line: this.parser.line }, what);
  }
}

/** A parser's message without its own place and full stop, on one line. */
function plainReason(message: string): string {
  return message
    .replace(/^[\d:]+\s*/, "")
    .replace(/\.$/, "")
    .replace(/\s+/g, " ")
    .slice(0, 120);
}

function localName(name: string): string {
  return name.slice(name.indexOf(":") + 1);
}
