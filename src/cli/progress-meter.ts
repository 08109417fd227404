/** How far a part is: the fields of a line of --json-progress. */
export interface Reading {
  readonly part: string;
  readonly done: number;
  readonly total: number;
  /** What is done of those that are under way, in the same unit; lacks where nothing is. */
  readonly running?: number | undefined;
  /** Since the part began. */
  readonly seconds: number;
  /** Done and running per second, without what was done when the part began; null before anything was. */
  readonly rate: number | null;
  /** Seconds left at this rate. */
  readonly left: number | null;
}

export interface Meter {
  readonly part: string;
  update(done: number, total: number, running?: number): void;
  read(): Reading;
  /** "2", or "2.3" with what is under way. */
  count(): string;
  /** ", 3.2 trials/s, 40 s left"; empty where there is no rate. */
  pace(unit: string): string;
}

export function createMeter(part: string, doneBefore: number, totalBefore: number): Meter {
  const begun = performance.now();
  let done = doneBefore;
  let total = totalBefore;
  let running = 0;
  function read(): Reading {
    const seconds = (performance.now() - begun) / 1000;
    const come = done + running;
    const rate = come > doneBefore && seconds > 0 ? (come - doneBefore) / seconds : null;
    const left = rate === null ? null : (total - come) / rate;
    const times = { seconds: round(seconds), rate: rate && round(rate), left: left && round(left) };
    return { part, done, total, ...(running > 0 && { running: round(running) }), ...times };
  }
  return {
    part,
    update: (nowDone, nowTotal, nowRunning = 0) => {
      done = nowDone;
      total = nowTotal;
      running = nowRunning;
    },
    read,
    count: () => (running > 0 ? (Math.floor((done + running) * 10) / 10).toFixed(1) : String(done)),
    pace: (unit) => {
      const { rate, left } = read();
      if (rate === null || left === null) return "";
      const speed =
        rate < 0.1 ? `${timeText(1 / rate)} each` : `${rate < 10 ? rate.toFixed(1) : rate.toFixed(0)} ${unit}/s`;
      return `, ${speed}, ${timeText(left)} left`;
    },
  };
}

/** "8 s", "12 min", "3 h 20 min" */
export function timeText(seconds: number): string {
  if (seconds < 100) return `${Math.ceil(seconds)} s`;
  const minutes = Math.ceil(seconds / 60);
  return minutes < 100 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

function round(value: number): number {
  return Number(value.toFixed(3));
}
