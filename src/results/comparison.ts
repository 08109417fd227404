import { z } from "zod";

/** The version of the JSON that `netvantage reproduce --json` prints; it grows when a field changes its meaning. */
export const COMPARISON_VERSION = 1;

const verdictSchema = z.enum(["agrees", "pattern", "differs", "calibrated", "not run"]);
export type Verdict = z.infer<typeof verdictSchema>;

/** A number, or text where the paper prints text (a set of nodes, "3H+2M"). */
const cellValueSchema = z.union([z.number(), z.string()]);
export type CellValue = z.infer<typeof cellValueSchema>;

export const cellSchema = z.object({
  row: z.string(),
  column: z.string(),
  /** null: the paper prints nothing here. */
  published: cellValueSchema.nullable(),
  /** The mean over the trials, or text; null: not run. */
  measured: cellValueSchema.nullable(),
  /** The mean's 95 % confidence interval; null with fewer than two trials ("one run") or for text. */
  low: z.number().nullable(),
  high: z.number().nullable(),
  trials: z.int().nonnegative(),
  /** Relative: 0.05 is 5 %; null where nothing is published. */
  tolerance: z.number().nullable(),
  unit: z.string(),
  /** null where nothing is published to compare with. */
  verdict: verdictSchema.nullable(),
  /** measured / published, where both are numbers and published is not 0. */
  ratio: z.number().nullable(),
  /** By which rule the verdict was reached ("mean within 5 %"), or, for a miss, the reason if it is known. */
  how: z.string(),
});
export type Cell = z.infer<typeof cellSchema>;

const tableSchema = z.object({
  id: z.string(),
  title: z.string(),
  /** Where in the paper. */
  place: z.string().optional(),
  /** In the order of print: row by row. */
  cells: z.array(cellSchema),
  notes: z.array(z.string()).optional(),
});
export type Table = z.infer<typeof tableSchema>;

export const claimSchema = z.object({
  /** Whose claim: the paper's, or this project's own hypothesis. */
  by: z.enum(["paper", "netvantage"]),
  text: z.string(),
  /** `undecided`: the interval contains both outcomes. */
  verdict: z.enum([...verdictSchema.options, "undecided"]),
  evidence: z.string(),
});
export type Claim = z.infer<typeof claimSchema>;

const erratumSchema = z.object({
  /** Where in the paper: "Algorithm 2, line 5". */
  place: z.string(),
  text: z.string(),
});
export type Erratum = z.infer<typeof erratumSchema>;

const figureEntrySchema = z.object({
  id: z.string(),
  title: z.string(),
  /** The SVG's name within the --out directory; null: not written. */
  file: z.string().nullable(),
});
export type FigureEntry = z.infer<typeof figureEntrySchema>;

const failureSchema = z.object({
  task: z.string(),
  parameters: z.record(z.string(), z.json()),
  message: z.string(),
});
export type Failure = z.infer<typeof failureSchema>;

const experimentSchema = z.object({
  id: z.string(),
  paper: z.string(),
  title: z.string(),
  tables: z.array(tableSchema),
  figures: z.array(figureEntrySchema),
  claims: z.array(claimSchema),
  errata: z.array(erratumSchema),
  /** What the experiment was run with: sizes, seeds, samples. */
  parameters: z.record(z.string(), z.json()),
  /** Compute time of its tasks, summed over the workers; stored trials count with the time they once took. */
  seconds: z.number(),
  /** Tasks that failed; absent where none did. An experiment with failures has no tables. */
  failures: z.array(failureSchema).optional(),
});
export type ExperimentEntry = z.infer<typeof experimentSchema>;

const paperSchema = z.object({ id: z.string(), title: z.string(), citation: z.string() });
export type PaperEntry = z.infer<typeof paperSchema>;

const environmentSchema = z.object({
  /** Version of the package. */
  netvantage: z.string(),
  node: z.string(),
  /** Operating system and architecture. */
  platform: z.string(),
  /** A hash over all compiled code that results come from. */
  code: z.string(),
  /** File below dist/wasm -> its SHA-256. */
  kernels: z.record(z.string(), z.string()).optional(),
});

/** The whole of `reproduce`'s result. */
export const comparisonSchema = z.object({
  version: z.literal(COMPARISON_VERSION),
  scale: z.enum(["quick", "paper"]),
  /** The master seed: every trial's seed comes from it. */
  seed: z.int().nonnegative(),
  experiments: z.array(experimentSchema),
  environment: environmentSchema.optional(),
  /** The papers that the experiments are of. */
  papers: z.array(paperSchema).optional(),
  /** Experiments that an interrupted run did not come to; absent where it was not interrupted. */
  unfinished: z.array(z.string()).optional(),
});
export type Comparison = z.infer<typeof comparisonSchema>;
