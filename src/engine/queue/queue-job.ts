import { z } from "zod";
import type { Json } from "../../results/json.ts";
import { isObject } from "../../results/json.ts";
import type { Report } from "../define.ts";
import { portableName } from "../module-names.ts";
import type { Reply } from "../order.ts";
import type { Call, Input, Task } from "../task.ts";
import { pack, unpack } from "./packed.ts";

const jsonObject = z.record(z.string(), z.json());
const callFields = { module: z.string(), name: z.string(), parameters: jsonObject };
const inputSchema = z.strictObject({ key: z.string(), ...callFields });

/** What travels to a worker: modules by their name within the package, inputs by how they are made. */
export const jobSchema = z.strictObject({
  run: z.string(),
  /** The code that the result has to come from. */
  version: z.string(),
  key: z.string(),
  ...callFields,
  /** By the name under which the trial finds each. */
  inputs: z.record(z.string(), inputSchema),
  /** Of a merge: the jobs whose results it is given, in order. */
  parts: z.array(z.string()).nullable(),
});
export type JobData = z.infer<typeof jobSchema>;
export type JobInput = z.infer<typeof inputSchema>;

/** Describes jobs of one run. @throws RangeError where a module lies outside the package. */
export function createDescriber(run: string, version: string, inputs: readonly Input[]) {
  const makers = new Map(inputs.map((input) => [input.key, input]));
  return (task: Task, parts: readonly string[] | null = null): JobData => ({
    run,
    version,
    key: task.key,
    ...travelling(task),
    inputs: Object.fromEntries(
      Object.entries(task.inputs ?? {}).flatMap(([name, key]) => {
        const maker = makers.get(key);
        return maker === undefined ? [] : [[name, { key, ...travelling(maker) }]];
      }),
    ),
    parts: parts === null ? null : [...parts],
  });
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
