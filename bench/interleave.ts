/** One way of doing a job: runs it once and returns the nanoseconds it took. */
export interface Contender {
  readonly name: string;
  readonly run: () => number | Promise<number>;
}

/** A contender's runs, in milliseconds. */
export interface Measured {
  readonly name: string;
  readonly median: number;
  readonly fastest: number;
  readonly runs: number;
}

/**
 * Runs contenders in turn, round after round, so that a busy machine hurts all of them alike; the first round warms up and does
 * not count. Compare medians within one result only.
 */
export async function interleave(contenders: readonly Contender[], rounds: number): Promise<Measured[]> {
  const times = contenders.map((): number[] => []);
  for (let round = 0; round <= rounds; round++) {
    for (const [i, { run }] of contenders.entries()) {
      const nanoseconds = await run();
      if (round > 0) times[i].push(nanoseconds / 1e6);
    }
  }
  return contenders.map(({ name }, i) => {
    const sorted = times[i].toSorted((a, b) => a - b);
    return { name, median: sorted[sorted.length >> 1], fastest: sorted[0], runs: sorted.length };
  });
}

/** Times a function on this thread, in nanoseconds. */
export function timed(work: () => void): () => number {
  return () => {
    const start = process.hrtime.bigint();
    work();
    return Number(process.hrtime.bigint() - start);
  };
}

/** A table of medians, and their ratio to the first contender's. */
export function ratioTable(title: string, measured: readonly Measured[]): string {
  const [base] = measured;
  const width = Math.max(...measured.map(({ name }) => name.length));
  const lines = measured.map(({ name, median, fastest, runs }) => {
    const ratio = median / base.median;
    const cells = [median.toFixed(1).padStart(9), fastest.toFixed(1).padStart(9), ratio.toFixed(2).padStart(7)];
    return `  ${name.padEnd(width)} ${cells.join(" ")}   (${runs} runs)`;
  });
  const head = `  ${"".padEnd(width)} ${"median ms".padStart(9)} ${"best ms".padStart(9)} ${"ratio".padStart(7)}`;
  return [title, head, ...lines].join("\n");
}
