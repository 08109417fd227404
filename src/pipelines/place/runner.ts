/** Runs the work of `netvantage place` and `traceback`: in this process, on threads or over a queue, wherever the same. */
import { createWriteStream } from "node:fs";
import { mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pipeline } from "node:stream/promises";
import type { z } from "zod";
import { type EngineOptions, openEngine, type QueueOptions, requireResult } from "../../engine/engine.ts";
import { TaskError } from "../../engine/errors.ts";
import { interruptible } from "../../engine/interruptible.ts";
import type { Input, Task } from "../../engine/task.ts";
import { InputError } from "../../files/input-error.ts";
import { openFile } from "../../files/open-file.ts";
import type { Topology } from "../../network/topology.ts";
import { resolveLimits } from "../../placement/limits.ts";
import { type Method, methodRow } from "../../placement/methods.ts";
import type { PartResult } from "../../placement/parts.ts";
import { askedOf, placing } from "../../placement/place-monitors.ts";
import type { Placement, PlacementOptions } from "../../placement/placement.ts";
import { PlacementError } from "../../placement/placement-error.ts";
import { isInParts, placementSeconds, routePlacementSeconds } from "../../placement/work.ts";
import { type Asked, type AskedValue, askedInput, type Request, unpack } from "./asked.ts";
import { doPart, placeWhole, readAsked } from "./trials.ts";

export interface RunOptions {
  /** Threads; 0: in this process. Default: all cores, or none for what takes no time. */
  readonly workers?: number | undefined;
  readonly queue?: QueueOptions | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((part: string, done: number, total: number) => void) | undefined;
}

/** What of a trial tells its result. */
interface Gives<Result> {
  readonly result: z.ZodType<Result>;
}

export interface Runner {
  readonly asked: Asked;
  /** @param nodeBudget replaces the question's @throws PlacementError and RangeError for what the method does not take */
  place(method: Method, nodeBudget?: number): Promise<Placement>;
  /** Runs one task that reads the network. */
  run<Result>(trial: Gives<Result>, taskOf: (asked: Input<AskedValue>) => Task): Promise<Result>;
  close(): Promise<void>;
}

/** Files of fewer bytes are read in this process. */
const SMALL_BYTES = 1 << 18;
/** What takes so few seconds of one core is done in this process. */
const SMALL_SECONDS = 0.3;

/** Reads the files of a request. @throws InputError; PlacementError and RangeError for options that do not fit */
export async function openRunner(request: Request, options: RunOptions): Promise<Runner> {
  const { signal, queue } = options;
  const files = await copyInput(request, signal);
  const input = askedInput.input("network", { request: JSON.stringify(files.request) });
  const isFree = options.workers === undefined && queue === undefined;
  let inProcess = isFree && (await isSmall(files.request));
  let engine = openEngine(engineOptions(inProcess ? 0 : options.workers));
  /** Told of what takes a while. */
  let tell = (_done: number, _total: number): void => {};

  function engineOptions(workers: number | undefined): EngineOptions {
    return {
      workers,
      queue,
      signal,
      onReport: ({ done, total }) => tell(done, total),
    };
  }

  async function runAll<Result>(
    { result }: Gives<Result>,
    tasks: readonly Task[],
    onEach: (done: number) => void = () => {},
  ): Promise<Result[]> {
    const results: Result[] = [];
    try {
      for await (const outcome of engine.run(tasks, [input])) {
        results.push(result.parse(requireResult(outcome)));
        onEach(results.length);
      }
    } catch (error) {
      signal?.throwIfAborted();
      throw files.named(causeOf(error));
    }
    return results;
  }

  async function run<Result>(trial: Gives<Result>, taskOf: (asked: Input<AskedValue>) => Task): Promise<Result> {
    const [result] = await runAll(trial, [taskOf(input)]);
    return result;
  }

  async function close(): Promise<void> {
    await engine.close();
    await files.remove();
  }

  async function read(): Promise<Asked> {
    const asked = unpack(await run(readAsked, (network) => readAsked.task("read", {}, { asked: network })));
    return { ...asked, question: { ...asked.question, traffic: files.nameOf(asked.question.traffic) } };
  }

  async function place(asked: Asked, method: Method, nodeBudget: number | undefined): Promise<Placement> {
    const { topology, question } = asked;
    const given = { ...question.options, method, nodeBudget: nodeBudget ?? question.options.nodeBudget };
    const isLarge = methodSeconds(asked, method) > SMALL_SECONDS;
    if (isLarge && inProcess) {
      inProcess = false;
      await engine.close();
      engine = openEngine(engineOptions(undefined));
    }
    tell = isLarge ? (done, total) => options.onProgress?.(method, done, total) : () => {};
    if (question.routes === undefined && isInParts(askedOf(topology, given))) return await inParts(topology, given);
    const parameters = { method, nodeBudget: nodeBudget ?? null };
    return await run(placeWhole, (network) => placeWhole.task(`place ${method}`, parameters, { asked: network }));
  }

  async function inParts(
    topology: Topology,
    given: PlacementOptions & { readonly method: Method },
  ): Promise<Placement> {
    const asked = askedOf(topology, given);
    const expected = methodRow(given.method).looks(asked.limits) + 1;
    const steps = placing(asked);
    let results: PartResult[] = [];
    for (let round = 0; ; round++) {
      const step = await computeHere(() => steps.next(results));
      if (step.done === true) return step.value;
      const tasks = step.value.map((part, i) =>
        doPart.task(`${given.method} ${round} ${i}`, { part }, { asked: input }),
      );
      // Of a search that will refuse, no number is expected.
      const total = Math.max(Number.isFinite(expected) ? expected : 0, round + 1) * tasks.length;
      results = await runAll(doPart, tasks, (done) => tell(round * tasks.length + done, total));
    }
  }

  /** What this thread computes between two rounds, Ctrl-C breaks off. */
  async function computeHere<Result>(work: () => Result): Promise<Awaited<Result>> {
    try {
      return await interruptible(work, signal);
    } catch (error) {
      signal?.throwIfAborted();
      throw error;
    }
  }

  try {
    const asked = await read();
    return { asked, place: (method, nodeBudget) => place(asked, method, nodeBudget), run, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Seconds of one core that a method takes at most, or about. */
export function methodSeconds({ topology, question: { options, routes } }: Asked, method: Method, limits = {}): number {
  const given = { ...options, ...limits, method };
  if (routes === undefined) return placementSeconds(askedOf(topology, given), method);
  return routePlacementSeconds(routes, resolveLimits(given, routes.names.length, routes.candidates), method);
}

/** What a task failed of, as it was thrown there. */
function causeOf(error: unknown): unknown {
  const cause = error instanceof TaskError ? error.cause : error;
  if (!(cause instanceof Error)) return error;
  if (cause.name === "PlacementError") return new PlacementError(cause.message);
  return cause.name === "RangeError" ? new RangeError(cause.message) : error;
}

async function isSmall({ network }: Request): Promise<boolean> {
  const found = await stat(network.file).catch(() => undefined);
  return found === undefined || (found.isFile() && found.size < SMALL_BYTES);
}

/** A request whose files workers find, and how they are called. */
interface Files {
  readonly request: Request;
  /** "-" for the copy of the standard input. */
  nameOf(file: string): string;
  /** An error that names the copy names the standard input instead. */
  named(error: unknown): unknown;
  remove(): Promise<void>;
}

/** Only this process can read its standard input: it is copied into a file. Workers of a queue run in other directories. */
async function copyInput({ network, placement }: Request, signal: AbortSignal | undefined): Promise<Files> {
  const { file, aliases } = network;
  const { rates, costs, demands } = placement;
  const reads = [file, aliases, rates, costs, demands].includes("-");
  const directory = reads ? await mkdtemp(join(tmpdir(), "netvantage-")) : undefined;
  const copy = directory === undefined ? undefined : join(directory, "standard-input");
  if (copy !== undefined) await pipeline(openFile("-"), createWriteStream(copy), { signal });
  const place = (each: string | undefined) => (each === "-" ? copy : each === undefined ? each : resolve(each));
  const given = new Map(
    [file, aliases, rates, costs, demands].flatMap((each) =>
      each === undefined ? [] : ([[place(each), each]] as const),
    ),
  );
  const nameOf = (each: string): string => given.get(each) ?? each;
  return {
    request: {
      network: { ...network, file: place(file) ?? file, aliases: place(aliases) },
      placement: {
        ...placement,
        rates: place(rates),
        costs: place(costs),
        demands: demands === "none" ? demands : place(demands),
      },
    },
    nameOf,
    named: (error) => {
      if (!(error instanceof InputError) || nameOf(error.file) === error.file) return error;
      const prefix = new InputError(error.file, error.place, "").message;
      return new InputError(nameOf(error.file), error.place, error.message.slice(prefix.length));
    },
    remove: async () => {
      if (directory !== undefined) await rm(directory, { recursive: true });
    },
  };
}
