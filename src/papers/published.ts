import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import { InputError } from "../files/input-error.ts";

const publishedCellSchema = z.strictObject({
  row: z.string(),
  column: z.string(),
  value: z.union([z.number(), z.string()]),
  /** Relative (0.05 is 5 %), fixed before the run; text has to be equal, so it has none. */
  tolerance: z.number().nonnegative().nullable().default(null),
  unit: z.string().default(""),
  /** Where in the paper. */
  place: z.string(),
  /** Was used to set a parameter, so it proves nothing. */
  calibrated: z.boolean().default(false),
});

const publishedTableSchema = z.strictObject({
  id: z.string(),
  title: z.string(),
  cells: z.array(publishedCellSchema),
});

const publishedSchema = z.strictObject({
  paper: z.string(),
  citation: z.string(),
  tables: z.array(publishedTableSchema),
});

export type PublishedCell = z.infer<typeof publishedCellSchema>;
export type PublishedTable = z.infer<typeof publishedTableSchema>;
export type Published = z.infer<typeof publishedSchema>;

/**
 * The figures that a paper printed, from data/published/<paper>.json.
 * @throws InputError where the file is absent, is no JSON, names a cell twice or has another form.
 */
export function loadPublished(paper: string): Published {
  const file = fileURLToPath(new URL(`../../data/published/${paper}.json`, import.meta.url));
  return parsePublished(read(file), file);
}

/** @param file the name used in errors. @throws InputError as loadPublished does. */
export function parsePublished(text: string, file: string): Published {
  const parsed = publishedSchema.safeParse(parseJson(text, file));
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new InputError(file, undefined, `${issue.path.join(".") || "the file"}: ${issue.message}`);
  }
  for (const table of parsed.data.tables) requireDistinct(table, file);
  return parsed.data;
}

/** @throws RangeError where the paper has no such table. */
export function publishedTable(published: Published, id: string): PublishedTable {
  const table = published.tables.find((each) => each.id === id);
  if (table === undefined) throw new RangeError(`no table ${id} in data/published/${published.paper}.json`);
  return table;
}

/** undefined: the paper prints nothing there. */
export function publishedCell(table: PublishedTable, row: string, column: string): PublishedCell | undefined {
  return table.cells.find((cell) => cell.row === row && cell.column === column);
}

function read(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (cause) {
    throw new InputError(file, undefined, `cannot be read (${cause instanceof Error ? cause.message : cause})`);
  }
}

function parseJson(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new InputError(file, undefined, `is no JSON (${cause instanceof Error ? cause.message : cause})`);
  }
}

function requireDistinct(table: PublishedTable, file: string): void {
  const seen = new Set<string>();
  for (const { row, column } of table.cells) {
    const name = JSON.stringify([row, column]);
    if (seen.has(name))
      throw new InputError(file, undefined, `table ${table.id} has row ${row}, column ${column} twice`);
    seen.add(name);
  }
}
