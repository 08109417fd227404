import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { pipeline } from "node:stream/promises";
import { isJsonList, isJsonObject, type Json, type JsonObject } from "../results/json.ts";
import type { Identity } from "../results/stored-trial.ts";
import { moduleOf, nameOf } from "./module-names.ts";
import type { Call, Input, Task } from "./task.ts";

/** A hash of the code that a module runs, see code.ts. */
export type CodeHash = (module: string) => string;

/** Everything that the results of a run's tasks depend on, each task's by itself. Files are read once. */
export function createIdentifier(inputs: readonly Input[], codeHash: CodeHash): (task: Task) => Promise<Identity> {
  const makers = new Map(inputs.map((input) => [input.key, input]));
  const contents = new Map<string, Promise<string>>();

  function contentOf(file: string): Promise<string> {
    const content = contents.get(file) ?? contentHash(file);
    contents.set(file, content);
    return content;
  }

  /** A call with the code that it runs; each file that it reads, also among its parameters, stands as its content. */
  async function identify({ module, name, parameters, reads = [] }: Call): Promise<JsonObject> {
    const hashed = new Map<string, string>();
    for (const file of reads) hashed.set(file, await contentOf(file));
    return {
      module: nameOf(module),
      name,
      parameters: replaced(parameters, hashed),
      reads: [...hashed.values()],
      code: codeHash(module),
    };
  }

  return async (task) => {
    const named = Object.entries(task.inputs ?? {}).map(async ([name, key]) => {
      const maker = makers.get(key);
      return [name, maker === undefined ? key : await identify(maker)] as const;
    });
    return { ...(await identify(task)), inputs: Object.fromEntries(await Promise.all(named)) };
  };
}

/** Whether a result of this identity is of today's code; that its data is there is not looked for. */
export function isOfCode(identity: Identity, codeHash: CodeHash): boolean {
  const { module, code, inputs } = identity;
  if (typeof module !== "string") return false;
  return codeAt(module, codeHash) === code && membersOf(inputs).every((input) => isOfCode(input, codeHash));
}

function membersOf(value: Json | undefined): JsonObject[] {
  return isJsonObject(value) ? Object.values(value).filter(isJsonObject) : [];
}

/** undefined: the module is gone. */
function codeAt(name: string, codeHash: CodeHash): string | undefined {
  try {
    return codeHash(moduleOf(name));
  } catch {
    return undefined;
  }
}

/** The strings of a value that name a file, replaced by its content's hash. */
function replaced(value: Json, hashed: ReadonlyMap<string, string>): Json {
  if (typeof value === "string") return hashed.get(value) ?? value;
  if (isJsonList(value)) return value.map((each) => replaced(each, hashed));
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, replaced(each, hashed)]));
}

/** The content's SHA-256; of a file that cannot be read, which the task is left to complain of, that it cannot. */
async function contentHash(file: string): Promise<string> {
  const hash = createHash("sha256");
  try {
    await pipeline(createReadStream(file), hash);
  } catch {
    return "unreadable";
  }
  return `sha256:${hash.digest("hex")}`;
}
