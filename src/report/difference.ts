import type { Cell, Claim, Comparison, ExperimentEntry } from "../results/comparison.ts";

/** The version of the JSON that `netvantage compare --json` prints. */
export const DIFFERENCE_VERSION = 1;

/** What is not the same in two runs; "before" is the first one. */
export interface Difference {
  readonly version: typeof DIFFERENCE_VERSION;
  /** Scale, seed, environment, kernels: what the runs were made with. */
  readonly settings: readonly Change<string>[];
  readonly onlyBefore: readonly string[];
  readonly onlyAfter: readonly string[];
  /** Of the experiments that both have. */
  readonly parameters: readonly (Change<string> & { readonly experiment: string })[];
  readonly cells: readonly CellChange[];
  readonly claims: readonly ClaimChange[];
  /** Cells of both runs' experiments in which nothing changed. */
  readonly sameCells: number;
}

export interface Change<Value> {
  readonly name: string;
  /** null: that run has no such thing. */
  readonly before: Value | null;
  readonly after: Value | null;
}

export interface CellChange {
  readonly experiment: string;
  readonly table: string;
  readonly title: string;
  readonly row: string;
  readonly column: string;
  readonly changed: readonly Changed[];
  /** null: that run has no such cell. */
  readonly before: CellState | null;
  readonly after: CellState | null;
  /** (after - before) / |before| of the measured numbers; null where one is none, or before is 0. */
  readonly relative: number | null;
}

export type Changed = "measured" | "interval" | "verdict" | "published" | "presence";
export type CellState = Pick<Cell, "published" | "measured" | "low" | "high" | "trials" | "verdict">;

export interface ClaimChange {
  readonly experiment: string;
  readonly text: string;
  readonly before: Claim["verdict"] | null;
  readonly after: Claim["verdict"] | null;
}

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

function changesOf(before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>): Change<string>[] {
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
