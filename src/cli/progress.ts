import cliProgress from "cli-progress";
import { printable } from "../text/quote.ts";
import { type Context, type Output, obeysCodes, tell } from "./context.ts";
import { createMeter, type Meter } from "./progress-meter.ts";

/** Tells how far a run is, on standard error. */
export interface Reporter {
  /**
   * A part of the run (an experiment) has come so far; its first word and done = total begin and end it.
   * @param running what is done of those that are under way, in the same unit
   */
  update(part: string, done: number, total: number, running?: number): void;
  note(text: string): void;
  stop(): void;
}

export interface ReporterOptions {
  /** JSON lines, whatever standard error is: docs/engine.md has their fields. */
  readonly json?: boolean | undefined;
}

/**
 * A bar on a terminal; elsewhere, and on a dumb one, a line at the start and end of each part and every 10 s.
 * @param unit "trials"
 */
export function createReporter(
  { stderr, env }: Pick<Context, "stderr" | "env">,
  unit: string,
  options: ReporterOptions = {},
): Reporter {
  if (options.json === true) return jsonReporter(stderr, unit);
  return obeysCodes(stderr, env) ? barReporter(stderr, unit) : lineReporter(stderr, unit);
}

const LINE_EVERY_MS = 10_000;
/** Columns that a part's name, its numbers and its pace take. */
const BESIDE_BAR = 56;
/** JSON lines of one part come at most so often. */
const JSON_EVERY_MS = 200;

/** The part that is under way, and a clock that calls `tick` every 10 s of it, or as soon as an update wants it. */
function followParts(tick: (meter: Meter) => void, isDue: (meter: Meter, begins: boolean) => boolean) {
  let meter: Meter | undefined;
  let timer: NodeJS.Timeout | undefined;
  const stop = () => clearInterval(timer);
  return {
    stop,
    update: (part: string, done: number, total: number, running?: number) => {
      const begins = part !== meter?.part;
      if (meter === undefined || begins) {
        const current = createMeter(part, done, total);
        meter = current;
        stop();
        timer = setInterval(() => tick(current), LINE_EVERY_MS).unref();
      }
      meter.update(done, total, running);
      if (isDue(meter, begins)) tick(meter);
      if (done === total) stop();
    },
  };
}

function lineReporter(stderr: Output, unit: string): Reporter {
  const tick = (meter: Meter) => {
    const { part, done, total, seconds } = meter.read();
    const pace = done === total && seconds > 0 ? `, ${seconds.toFixed(1)} s` : meter.pace(unit);
    stderr.write(`${printable(part)}: ${meter.count()} of ${total} ${unit}${pace}\n`);
  };
  const { update, stop } = followParts(tick, (meter, begins) => begins || meter.read().done === meter.read().total);
  return { update, stop, note: (text) => tell({ stderr }, "note", text) };
}

function jsonReporter(stderr: Output, unit: string): Reporter {
  const write = (line: object) => stderr.write(`${JSON.stringify(line)}\n`);
  let written = 0;
  const tick = (meter: Meter) => {
    written = performance.now();
    write({ event: "progress", unit, ...meter.read() });
  };
  const { update, stop } = followParts(tick, (meter, begins) => {
    const { done, total } = meter.read();
    return begins || done === total || performance.now() - written >= JSON_EVERY_MS;
  });
  return { update, stop, note: (text) => write({ event: "note", text }) };
}

function barReporter(stderr: Output, unit: string): Reporter {
  let meter: Meter | undefined;
  let bar: cliProgress.SingleBar | undefined;
  const end = () => {
    bar?.stop();
    bar = undefined;
  };
  return {
    update: (part, done, total, running = 0) => {
      if (meter === undefined || part !== meter.part) {
        end();
        meter = createMeter(part, done, total);
        bar = new cliProgress.SingleBar({
          format: `{part} {bar} {count} of {total} ${unit}{pace}`,
          stream: process.stderr, // the only terminal there is
          clearOnComplete: true,
          gracefulExit: false, // Ctrl-C is the process's to handle
          barsize: Math.max(5, Math.min(30, (stderr.columns ?? 80) - BESIDE_BAR)),
        });
        bar.start(total, done, { part: printable(part), count: meter.count(), pace: "" });
      }
      meter.update(done, total, running);
      bar?.update(done + running, { count: meter.count(), pace: meter.pace(unit) });
      if (done >= total) end();
    },
    note: (text) => {
      stderr.write("\r\u001b[K");
      tell({ stderr }, "note", text);
    },
    stop: end,
  };
}
