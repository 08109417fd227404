/** Which lines of src/ ran, in vitest's own processes and in those and the threads that its tests start from dist/. */
import { readdirSync, readFileSync } from "node:fs";
import { SourceMap } from "node:module";
import { join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { z } from "zod";

const root = resolve(import.meta.dirname, "../..");

/** Path below the repository -> line, from 1 -> whether it ran. */
export type Lines = ReadonlyMap<string, ReadonlyMap<number, boolean>>;

const istanbulSchema = z.record(
  z.string(),
  z.object({
    statementMap: z.record(z.string(), z.object({ start: z.object({ line: z.number() }) })),
    s: z.record(z.string(), z.number()),
  }),
);

/** The lines on which a statement begins, as istanbul counted them. */
export function linesOfStatements(istanbul: unknown): Map<string, Map<number, boolean>> {
  const files = istanbulSchema.parse(JSON.parse(JSON.stringify(istanbul)));
  return new Map(
    Object.entries(files).map(([file, { statementMap, s }]) => {
      const lines = new Map<number, boolean>();
      for (const [id, { start }] of Object.entries(statementMap)) {
        lines.set(start.line, lines.get(start.line) === true || s[id] > 0);
      }
      return [relative(root, file), lines];
    }),
  );
}

const v8Schema = z.object({
  result: z.array(
    z.object({
      url: z.string(),
      functions: z.array(
        z.object({
          ranges: z.array(z.object({ startOffset: z.number(), endOffset: z.number(), count: z.number() })),
        }),
      ),
    }),
  ),
});
type Script = z.infer<typeof v8Schema>["result"][number];

/** None where the process was killed while it wrote: tests do that. */
function scriptsIn(file: string): Script[] {
  try {
    return v8Schema.parse(JSON.parse(readFileSync(file, "utf8"))).result;
  } catch (error) {
    if (error instanceof SyntaxError) return [];
    throw error;
  }
}

/** The lines of src/ that ran as dist/, from what Node wrote to NODE_V8_COVERAGE at the end of each process and thread. */
export function linesOfProcesses(directory: string): Map<string, Set<number>> {
  const dist = `file://${root}/dist/`;
  const compiled = new Map<string, Compiled>();
  const ran = new Map<string, Set<number>>();
  for (const file of readdirSync(directory)) {
    const result = scriptsIn(join(directory, file));
    for (const script of result.filter(({ url }) => url.startsWith(dist) && !url.startsWith(`${dist}bench/`))) {
      const module = compiled.get(script.url) ?? readCompiled(fileURLToPath(script.url));
      compiled.set(script.url, module);
      const lines = ran.get(module.source) ?? new Set();
      ran.set(module.source, lines);
      for (const line of linesOfScript(script, module)) lines.add(line);
    }
  }
  return ran;
}

interface Compiled {
  readonly length: number;
  /** Path of the source below the repository. */
  readonly source: string;
  /** Where each line's code begins, and on which line of the source. */
  readonly starts: readonly { readonly offset: number; readonly line: number }[];
}

function readCompiled(path: string): Compiled {
  const code = readFileSync(path, "utf8");
  const map = new SourceMap(JSON.parse(readFileSync(`${path}.map`, "utf8")));
  const source = relative(root, path).replace(/^dist\/(.*)\.js$/, "src/$1.ts");
  let offset = 0;
  const starts = code.split("\n").flatMap((text, index) => {
    const column = text.search(/\S/);
    const start = offset + column;
    offset += text.length + 1;
    const entry = column === -1 ? {} : map.findEntry(index, column);
    return "originalLine" in entry && typeof entry.originalLine === "number"
      ? [{ offset: start, line: entry.originalLine + 1 }]
      : [];
  });
  return { length: code.length, source, starts };
}

/** The innermost range around an offset says whether it ran; V8 gives outer ranges first. */
function linesOfScript({ functions }: Script, { length, starts }: Compiled): number[] {
  const counts = new Uint8Array(length);
  for (const { startOffset, endOffset, count } of functions.flatMap(({ ranges }) => ranges)) {
    counts.fill(Math.min(count, 1), startOffset, endOffset);
  }
  return starts.filter(({ offset }) => counts[offset] > 0).map(({ line }) => line);
}
