import { z } from "zod";
import type { JsonObject } from "../../engine/task.ts";
import { countFile, type FileTally } from "./file.ts";
import { countingRuleSchema } from "./rule.ts";

/** One window of one file, as a worker hands it over. */
export interface PartialWindow {
  readonly start: number | undefined;
  readonly contacts: number;
  /** SpreadSketch.toBytes. */
  readonly state: Uint8Array;
}

export interface PartialFile {
  readonly tally: FileTally;
  readonly windows: readonly PartialWindow[];
}

const parametersSchema = z.strictObject({ file: z.string(), rule: countingRuleSchema });

/** The engine's task: the partial sketches of one file. @throws InputError */
export async function sketchFile(parameters: JsonObject): Promise<PartialFile> {
  const { file, rule } = parametersSchema.parse(parameters);
  const windows: PartialWindow[] = [];
  const tally = await countFile(file, rule, {
    onClose: ({ start, contacts, sketch }) => windows.push({ start, contacts, state: sketch.toBytes() }),
  });
  return { tally, windows };
}
