/** The table of estimators: all that tells one from another, on this side of the kernel. */
import { DECODER, FAMILY } from "../wasm/spread/exports.ts";
import {
  bitmapEmptyBits,
  bitmapError,
  type PredictedSketch,
  registerError,
  segmentedEmptyBits,
  segmentedError,
} from "./standard-errors.ts";

/** cse, cses, mcse: Dao, Nyang, Lee; esc: Li, Chen, Luo; vhll, rskt2: register sketches for comparison. */
export const ESTIMATORS = ["cse", "cses", "mcse", "esc", "vhll", "rskt2"] as const;
export type Estimator = (typeof ESTIMATORS)[number];

/** What a command counts with unless it is told otherwise: spreads from 1 to 2.9 million; docs/spread.md has the curve. */
export const DEFAULT_ESTIMATOR = "mcse";
/** Fewer where the memory is small; reaches 2.9 million with 256 virtual bits. */
export const DEFAULT_SEGMENTS = 11;
export const DEFAULT_VIRTUAL_BITS = 256;
export const DEFAULT_SAMPLING = 0.25;

/** Of MCSE: the paper's choice of one segment, or maximum likelihood over all of them. */
export const DECODERS = ["joint", "candidate"] as const;
export type McseDecoder = (typeof DECODERS)[number];

/** Parameters that decide how far an estimator reaches. */
export interface Reach {
  readonly virtualBits: number;
  readonly segments: number;
  readonly sampling: number;
}

export interface EstimatorDefinition {
  /** The kernel's kind of sketch. */
  readonly family: number;
  /** What memory and virtual vectors consist of. */
  readonly cell: "bits" | "registers";
  readonly bitsOfCell: number;
  /** Memory is taken in multiples of so many cells. */
  readonly cellsTaken: number;
  /** Cells that virtual vectors of a size need in memory, at least. */
  readonly cellsNeeded: (virtualBits: number) => number;
  /** Whether its memory has segments, which sample 1/2, 1/4, ... of the contacts; if not it has one. */
  readonly segmented: boolean;
  /** Whether it takes a share of the contacts only. */
  readonly sampled: boolean;
  /** Whether a saved sketch tells its name; if not, it is another's sketch, read in another way. */
  readonly toldBySketch: boolean;
  /** Which of the kernel's decoders reads it. */
  readonly decoder: (mcse: McseDecoder) => number;
  /** The largest spread it can tell; infinite if there is no such limit that matters. */
  readonly rangeLimit: (reach: Reach) => number;
  /** The standard error to expect, see predictStandardError. */
  readonly standardError: (sketch: PredictedSketch, contacts: number, spread: number) => number;
  /** Cells of a source's virtual vector, of the last segment's, that stay zero; infinite where their number does not matter. */
  readonly emptyCells: (sketch: PredictedSketch, contacts: number, spread: number) => number;
  /** Whether `planSpread` chooses among it. */
  readonly planned: boolean;
  /** What to change where estimates stand at the range limit. */
  readonly remedy: string;
}

const BITMAP = {
  family: FAMILY.bitmap,
  cell: "bits",
  bitsOfCell: 1,
  cellsTaken: 1,
  cellsNeeded: (virtualBits: number) => virtualBits,
  segmented: false,
  sampled: false,
  toldBySketch: true,
  decoder: () => DECODER.logarithm,
  rangeLimit: ({ virtualBits: s, sampling }: Reach) => (s * Math.log(s)) / sampling,
  standardError: bitmapError,
  emptyCells: bitmapEmptyBits,
  planned: true,
} as const;

const REGISTERS = {
  cell: "registers",
  bitsOfCell: 5,
  cellsTaken: 1,
  segmented: false,
  sampled: false,
  toldBySketch: true,
  decoder: () => DECODER.registers,
  rangeLimit: () => Number.POSITIVE_INFINITY,
  emptyCells: () => Number.POSITIVE_INFINITY,
  remedy: "more --memory",
} as const;

const MORE_SAMPLED = "a smaller --sampling or more --virtual-bits";

const TABLE: Readonly<Record<Estimator, EstimatorDefinition>> = {
  cse: { ...BITMAP, remedy: "--estimator mcse or more --virtual-bits" },
  cses: { ...BITMAP, sampled: true, remedy: MORE_SAMPLED },
  mcse: {
    ...BITMAP,
    cellsTaken: 64,
    segmented: true,
    decoder: (mcse) => DECODER[mcse],
    rangeLimit: ({ virtualBits: s, segments }) => s * Math.log(s) * 2 ** segments,
    standardError: segmentedError,
    emptyCells: segmentedEmptyBits,
    remedy: "more --segments or --virtual-bits",
  },
  esc: {
    ...BITMAP,
    sampled: true,
    toldBySketch: false,
    decoder: () => DECODER.exact,
    planned: false,
    remedy: MORE_SAMPLED,
  },
  vhll: {
    ...REGISTERS,
    family: FAMILY.vhll,
    cellsNeeded: (virtualBits) => virtualBits + 1,
    standardError: registerError,
    planned: true,
  },
  rskt2: {
    ...REGISTERS,
    family: FAMILY.rskt2,
    cellsNeeded: (virtualBits) => 2 * virtualBits,
    standardError: () => Number.NaN,
    planned: false,
  },
};

/** What is known of an estimator. @throws RangeError where there is none of that name */
export function estimatorOf(name: Estimator): EstimatorDefinition {
  if (Object.hasOwn(TABLE, name)) return TABLE[name];
  throw new RangeError(`estimator must be one of ${ESTIMATORS.join(", ")}, not ${name}`);
}

/** The estimator that a sketch of these parameters is one of, as far as the sketch tells it. */
export function estimatorTold(family: number, segmented: boolean, sampled: boolean): Estimator {
  const fits = (each: EstimatorDefinition) =>
    each.toldBySketch && each.family === family && each.segmented === segmented && each.sampled === sampled;
  const found = ESTIMATORS.find((name) => fits(TABLE[name]));
  if (found !== undefined) return found;
  throw new RangeError(`no estimator has a sketch of family ${family}`);
}

/** Names of the estimators of a kind, for people: "cses and esc". */
export function estimatorsThat(are: (definition: EstimatorDefinition) => boolean): string {
  const names = ESTIMATORS.filter((name) => are(TABLE[name]));
  return names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
}
