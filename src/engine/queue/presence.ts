import type { Redis } from "ioredis";
import { PREFIX } from "./names.ts";

const FIRST_LOOK_MS = 2000;
const LOOK_MS = 10_000;

/** The values of all keys of a kind ("run", "worker"): code versions. */
async function versionsOf(redis: Redis, kind: "run" | "worker"): Promise<string[]> {
  const keys: string[] = [];
  let cursor = "0";
  do {
    const [next, some] = await redis.scan(cursor, "MATCH", `${PREFIX}:${kind}:*`, "COUNT", 1000);
    keys.push(...some);
    cursor = next;
  } while (cursor !== "0");
  if (keys.length === 0) return [];
  const values = await redis.mget([...new Set(keys)]);
  return values.filter((value) => value !== null);
}

/** Notes, when that changes, that no worker is there that will take the run's tasks. Returns how to stop it. */
export function watchWorkers(redis: Redis, version: string, onNote: (note: string) => void): () => void {
  return repeat(async (told) => {
    const versions = await versionsOf(redis, "worker");
    if (versions.includes(version)) return "";
    const others = [...new Set(versions)].sort();
    const note =
      versions.length === 0
        ? "no worker is on the queue: start some with netvantage worker --queue URL"
        : `the workers on the queue run other code (${others.join(", ")}) than this run (${version}): they refuse its tasks`;
    if (note !== told) onNote(note);
    return note;
  });
}

/** Notes that runs of other code wait, which a worker of this version refuses. Returns how to stop it. */
export function watchRuns(redis: Redis, version: string, onNote: (note: string) => void): () => void {
  return repeat(async (told) => {
    const others = [...new Set(await versionsOf(redis, "run"))].filter((each) => each !== version).sort();
    if (others.length === 0) return "";
    const note = `refusing the tasks of a run of other code (${others.join(", ")}): this worker runs ${version}`;
    if (note !== told) onNote(note);
    return note;
  });
}

/** @param look given what it last gave */
function repeat(look: (told: string) => Promise<string>): () => void {
  let told = "";
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  const next = (delay: number) => {
    timer = setTimeout(async () => {
      told = await look(told).catch(() => told);
      if (!stopped) next(LOOK_MS);
    }, delay).unref();
  };
  next(FIRST_LOOK_MS);
  return () => {
    stopped = true;
    clearTimeout(timer);
  };
}
