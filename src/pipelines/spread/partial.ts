import { z } from "zod";
import type { JsonObject } from "../../results/json.ts";
import { ESTIMATORS } from "../../spread/estimator.ts";
import { SpreadSketch } from "../../spread/spread-sketch.ts";
import { countFiles } from "./count.ts";
import type { FileTally } from "./file.ts";
import { countingRuleSchema } from "./rule.ts";

/** One file without windows, as a worker hands it over. */
export interface PartialFile {
  readonly tally: FileTally;
  readonly contacts: number;
  /** SpreadSketch.toBytes; undefined where there were no contacts. */
  readonly state: Uint8Array | undefined;
}

const parametersSchema = z.strictObject({ file: z.string(), rule: countingRuleSchema });

/** The engine's task: the sketch of one file. @throws InputError */
export async function sketchFile(parameters: JsonObject): Promise<PartialFile> {
  const { file, rule } = parametersSchema.parse(parameters);
  let state: Uint8Array | undefined;
  let counted = 0;
  const [tally] = await countFiles([file], rule, {
    onClose: ({ sketch, contacts }) => {
      state = sketch.toBytes();
      counted = contacts;
    },
  });
  return { tally, contacts: counted, state };
}

/** Several files, merged in their order. */
export interface MergedFiles {
  readonly tallies: readonly FileTally[];
  readonly contacts: number;
  /** undefined where there were no contacts. */
  readonly state: Uint8Array | undefined;
}

const mergeSchema = z.strictObject({ estimator: z.enum(ESTIMATORS) });

/** The engine's merge of what sketchFile gave. @throws TypeError where a part is something else */
export async function mergeFiles(parameters: JsonObject, parts: AsyncIterable<unknown>): Promise<MergedFiles> {
  const { estimator } = mergeSchema.parse(parameters);
  const tallies: FileTally[] = [];
  let contacts = 0;
  let total: SpreadSketch | undefined;
  for await (const part of parts) {
    const { tally, contacts: counted, state } = requirePartial(part);
    tallies.push(tally);
    if (state === undefined) continue;
    contacts += counted;
    const sketch = SpreadSketch.fromBytes(state, { estimator });
    if (total === undefined) total = sketch;
    else total.merge(sketch);
  }
  return { tallies, contacts, state: total?.toBytes() };
}

/** @throws TypeError where a worker gave something else. */
export function requirePartial(value: unknown): PartialFile {
  if (isPartial(value)) return value;
  throw new TypeError("a worker handed over no partial sketch");
}

function isPartial(value: unknown): value is PartialFile {
  return typeof value === "object" && value !== null && "tally" in value && "contacts" in value;
}

/** @throws TypeError where a worker gave something else. */
export function requireMerged(value: unknown): MergedFiles {
  if (isMerged(value)) return value;
  throw new TypeError("a worker handed over no merged sketch");
}

function isMerged(value: unknown): value is MergedFiles {
  return typeof value === "object" && value !== null && "tallies" in value && "contacts" in value;
}
