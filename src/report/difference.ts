import { z } from "zod";
import { type Cell, type Comparison, cellSchema, claimSchema, type ExperimentEntry } from "../results/comparison.ts";

/** The version of the JSON that `netvantage compare --json` prints. */
const DIFFERENCE_VERSION = 1;

const changeSchema = z.strictObject({
  name: z.string(),
  /** null: that run has no such thing. */
  before: z.string().nullable(),
  after: z.string().nullable(),
});

const cellStateSchema = cellSchema
  .pick({ published: true, measured: true, low: true, high: true, trials: true, verdict: true })
  .strict();

const cellChangeSchema = z.strictObject({
  experiment: z.string(),
  table: z.string(),
  title: z.string(),
  row: z.string(),
  column: z.string(),
  changed: z.array(z.enum(["measured", "interval", "verdict", "published", "presence"])),
  /** null: that run has no such cell. */
  before: cellStateSchema.nullable(),
  after: cellStateSchema.nullable(),
  /** (after - before) / |before| of the measured numbers; null where one is none, or before is 0. */
  relative: z.number().nullable(),
});

const claimChangeSchema = z.strictObject({
  experiment: z.string(),
  text: z.string(),
  before: claimSchema.shape.verdict.nullable(),
  after: claimSchema.shape.verdict.nullable(),
});

/** What is not the same in two runs, as `compare --json` prints it; "before" is the first one. */
export const differenceSchema = z.strictObject({
  version: z.literal(DIFFERENCE_VERSION),
  /** Scale, seed, environment, kernels: what the runs were made with. */
  settings: z.array(changeSchema),
  onlyBefore: z.array(z.string()),
  onlyAfter: z.array(z.string()),
  /** Of the experiments that both have. */
  parameters: z.array(changeSchema.extend({ experiment: z.string() })),
  cells: z.array(cellChangeSchema),
  claims: z.array(claimChangeSchema),
  /** Cells of both runs' experiments in which nothing changed. */
  sameCells: z.int().nonnegative(),
});

export type Difference = z.infer<typeof differenceSchema>;
export type Change = z.infer<typeof changeSchema>;
export type CellChange = z.infer<typeof cellChangeSchema>;
export type CellState = z.infer<typeof cellStateSchema>;
export type ClaimChange = z.infer<typeof claimChangeSchema>;
type Changed = CellChange["changed"][number];

/** What changed from one run to another. Seconds and the wording of reasons are not compared. */
export function difference(before: Comparison, after: Comparison): Difference {
  const pairs = pairsOf(before.experiments, after.experiments, ({ id }) => id);
  const both = pairs.flatMap(([a, b]) => (a !== undefined && b !== undefined ? [[a, b] as const] : []));
  const cells = both.flatMap(([a, b]) => cellPairs(a, b));
  const changes = cells.filter(({ changed }) => changed.length > 0);
  return {
    version: DIFFERENCE_VERSION,
    settings: changesOf(settingsOf(before), settingsOf(after)),
    onlyBefore: pairs.flatMap(([a, b]) => (a !== undefined && b === undefined ? [a.id] : [])),
    onlyAfter: pairs.flatMap(([a, b]) => (b !== undefined && a === undefined ? [b.id] : [])),
    parameters: both.flatMap(([a, b]) =>
      changesOf(plain(a.parameters), plain(b.parameters)).map((change) => ({ experiment: a.id, ...change })),
    ),
    cells: changes,
    claims: both.flatMap(([a, b]) => claimChanges(a, b)),
    sameCells: cells.length - changes.length,
  };
}

function cellPairs(before: ExperimentEntry, after: ExperimentEntry): CellChange[] {
  return pairsOf(before.tables, after.tables, ({ id }) => id).flatMap(([a, b]) => {
    const table = b ?? a;
    if (table === undefined) return [];
    return pairsOf(a?.cells ?? [], b?.cells ?? [], ({ row, column }) => JSON.stringify([row, column])).flatMap(
      ([x, y]) => {
        const cell = y ?? x;
        if (cell === undefined) return [];
        const place = {
          experiment: before.id,
          table: table.id,
          title: table.title,
          row: cell.row,
          column: cell.column,
        };
        const changed = whatChanged(x, y);
        return [{ ...place, changed, before: stateOf(x), after: stateOf(y), relative: relative(x, y) }];
      },
    );
  });
}

function whatChanged(before: Cell | undefined, after: Cell | undefined): Changed[] {
  if (before === undefined || after === undefined) return ["presence"];
  const differs = (name: keyof CellState) => before[name] !== after[name];
  return [
    ...(differs("measured") ? ["measured" as const] : []),
    ...(differs("low") || differs("high") || differs("trials") ? ["interval" as const] : []),
    ...(differs("verdict") ? ["verdict" as const] : []),
    ...(differs("published") ? ["published" as const] : []),
  ];
}

function stateOf(cell: Cell | undefined): CellState | null {
  if (cell === undefined) return null;
  const { published, measured, low, high, trials, verdict } = cell;
  return { published, measured, low, high, trials, verdict };
}

function relative(before: Cell | undefined, after: Cell | undefined): number | null {
  const [a, b] = [before?.measured, after?.measured];
  return typeof a === "number" && typeof b === "number" && a !== 0 ? (b - a) / Math.abs(a) : null;
}

function claimChanges(before: ExperimentEntry, after: ExperimentEntry): ClaimChange[] {
  return pairsOf(before.claims, after.claims, ({ by, text }) => JSON.stringify([by, text])).flatMap(([a, b]) => {
    const claim = b ?? a;
    if (claim === undefined || a?.verdict === b?.verdict) return [];
    return [{ experiment: before.id, text: claim.text, before: a?.verdict ?? null, after: b?.verdict ?? null }];
  });
}

function settingsOf({ version, scale, seed, environment, unfinished = [] }: Comparison): Map<string, string> {
  const { kernels = {}, ...rest } = environment ?? {};
  return new Map([
    ["version of the results", String(version)],
    ["scale", scale],
    ["seed", String(seed)],
    ...Object.entries(rest),
    ...Object.entries(kernels).map(([file, hash]): [string, string] => [`kernel ${file}`, hash]),
    ...(unfinished.length > 0 ? [["unfinished", unfinished.join(", ")] as const] : []),
  ]);
}

function plain(parameters: ExperimentEntry["parameters"]): Map<string, string> {
  return new Map(
    Object.entries(parameters).map(([name, value]) => [
      name,
      typeof value === "string" ? value : JSON.stringify(value),
    ]),
  );
}

function changesOf(before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>): Change[] {
  const names = [...new Set([...before.keys(), ...after.keys()])];
  return names
    .map((name) => ({ name, before: before.get(name) ?? null, after: after.get(name) ?? null }))
    .filter((change) => change.before !== change.after);
}

/** Both lists joined by a key, in the order of the first and then of the second. A key that comes twice pairs in order. */
function pairsOf<Item>(
  before: readonly Item[],
  after: readonly Item[],
  keyOf: (item: Item) => string,
): (readonly [Item | undefined, Item | undefined])[] {
  const waiting = new Map<string, Item[]>();
  for (const item of after) waiting.set(keyOf(item), [...(waiting.get(keyOf(item)) ?? []), item]);
  const joined = before.map((item) => [item, waiting.get(keyOf(item))?.shift()] as const);
  const used = new Set(joined.map(([, item]) => item));
  return [...joined, ...after.filter((item) => !used.has(item)).map((item) => [undefined, item] as const)];
}
