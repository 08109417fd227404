import { z } from "zod";
import { jsonHash } from "../../results/canonical-json.ts";
import type { Json } from "../../results/json.ts";
import { isObject } from "../../results/json.ts";
import type { Report } from "../define.ts";
import { portableName } from "../module-names.ts";
import type { Reply } from "../order.ts";
import type { Call, Input, Task } from "../task.ts";
import { pack, unpack } from "./packed.ts";

const jsonObject = z.record(z.string(), z.json());
const callFields = { module: z.string(), name: z.string(), parameters: jsonObject };

/** How an input is made: modules by their name within the package. */
export const jobInputSchema = z.strictObject({ key: z.string(), ...callFields });
export type JobInput = z.infer<typeof jobInputSchema>;

/** What travels to a worker. */
export const jobSchema = z.strictObject({
  run: z.string(),
  /** The code that the result has to come from. */
  version: z.string(),
  key: z.string(),
  ...callFields,
  /** The name under which the trial finds an input -> the hash of how it is made. */
  inputs: z.record(z.string(), z.string()),
  /** Of a merge: the jobs whose results it is given, in order. */
  parts: z.array(z.string()).nullable(),
});
export type JobData = z.infer<typeof jobSchema>;

/** Describes jobs of one run, and tells how the inputs that they name are made, by hash. */
export interface Describer {
  /** @throws RangeError where a module lies outside the package. */
  describe(task: Task, parts?: readonly string[]): JobData;
  readonly inputs: ReadonlyMap<string, JobInput>;
}

export function createDescriber(run: string, version: string, inputs: readonly Input[]): Describer {
  const makers = new Map(inputs.map((input) => [input.key, input]));
  const described = new Map<string, JobInput>();
  const hashes = new Map<string, string>();

  function hashOf(key: string): string | undefined {
    const known = hashes.get(key);
    const maker = makers.get(key);
    if (known !== undefined || maker === undefined) return known;
    const input = { key, ...travelling(maker) };
    const hash = jsonHash(input);
    described.set(hash, input);
    hashes.set(key, hash);
    return hash;
  }

  return {
    describe: (task, parts) => ({
      run,
      version,
      key: task.key,
      ...travelling(task),
      inputs: Object.fromEntries(
        Object.entries(task.inputs ?? {}).flatMap(([name, key]) => {
          const hash = hashOf(key);
          return hash === undefined ? [] : [[name, hash]];
        }),
      ),
      parts: parts === undefined ? null : [...parts],
    }),
    inputs: described,
  };
}

function travelling({ module, name, parameters }: Call): Pick<JobData, "module" | "name" | "parameters"> {
  return { module: portableName(module), name, parameters: mutable(parameters) };
}

function mutable(parameters: { readonly [name: string]: Json }): JobData["parameters"] {
  return jsonObject.parse(parameters);
}

const reportSchema = z.object({ done: z.number(), total: z.number(), values: jsonObject.exactOptional() });

/** A job's progress; undefined: it is none of ours. */
export function readReport(told: unknown): Report | undefined {
  return reportSchema.safeParse(told).data;
}

/** A reply whose value cannot travel becomes one that says so. */
export function packReply(reply: Reply): Buffer {
  try {
    return pack(reply);
  } catch (error) {
    const what = error instanceof Error ? error : new Error(String(error));
    const wire = { kind: "other", name: what.name, message: what.message, stack: what.stack } as const;
    return pack({ ok: false, error: wire, trapped: false });
  }
}

/** @throws Error where the bytes are no reply. */
export function unpackReply(bytes: Buffer): Reply {
  const reply = unpack(bytes);
  if (isReply(reply)) return reply;
  throw new Error("what a worker left on the queue is no reply");
}

function isReply(value: unknown): value is Reply {
  return isObject(value) && (value.ok === true ? "value" in value : isObject(value.error));
}
