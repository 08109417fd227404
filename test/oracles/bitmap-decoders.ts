import type { BitmapOracle } from "./bitmap-sketch.ts";

export interface OracleEstimate {
  readonly estimate: number;
  readonly standardError: number;
  readonly saturated: boolean;
}

/** CSE and CSES: k = s (ln Vm - ln(U/s)) / p; ESC the exact form. */
export function decodeSingle(sketch: BitmapOracle, source: bigint, exact: boolean): OracleEstimate {
  const { virtual: s, cells: m } = sketch.p;
  const p = sketch.p.sampling / 2 ** 32;
  const vm = sketch.zeroFraction(0);
  const zeros = sketch.zeros(source, 0);
  const u = Math.max(zeros, 1);
  const estimate = exact
    ? (Math.log(u / s) - Math.log(vm)) / (Math.log(1 - p / s) - Math.log(1 - p / m))
    : (s * (Math.log(vm) - Math.log(u / s))) / p;
  const a = -Math.log(vm) / p;
  const b = Math.max(estimate, 0) / s;
  const standardError = Math.sqrt((s / p ** 2) * (Math.exp((a + b) * p) - b * p ** 2 - 1));
  return { estimate, standardError, saturated: zeros <= 1 || sketch.cells.size === m };
}

/** What the segments of MCSE say of one source. */
interface Reading {
  readonly s: number;
  readonly u: number[];
  readonly vm: number[];
}

function read(sketch: BitmapOracle, source: bigint): Reading {
  return {
    s: sketch.p.virtual,
    u: sketch.segments.map((_, j) => sketch.zeros(source, j)),
    vm: sketch.segments.map((_, j) => sketch.zeroFraction(j)),
  };
}

/** sum_j ln Binom(U_j; s, Vm_j e^(-k p_j / s)) less what does not depend on k. */
function logLikelihood({ s, u, vm }: Reading, k: number): number {
  return u.reduce((sum, zeros, j) => {
    const q = vm[j]! * Math.exp((-k * 2 ** -(j + 1)) / s);
    return sum + (zeros > 0 ? zeros * Math.log(q) : 0) + (zeros < s ? (s - zeros) * Math.log(1 - q) : 0);
  }, 0);
}

/** The derivative of logLikelihood. */
function slope({ s, u, vm }: Reading, k: number): number {
  return u.reduce((sum, zeros, j) => {
    const p = 2 ** -(j + 1);
    const q = vm[j]! * Math.exp((-k * p) / s);
    return sum + (p / s) * ((zeros < s ? ((s - zeros) * q) / (1 - q) : 0) - zeros);
  }, 0);
}

/** MCSE's candidate decoder: of the segments' own estimates, the most likely. */
export function decodeCandidate(sketch: BitmapOracle, source: bigint): OracleEstimate {
  const reading = read(sketch, source);
  const { s, u, vm } = reading;
  let best = { estimate: 0, likelihood: Number.NEGATIVE_INFINITY, saturated: false };
  for (let j = 0; j < u.length; j++) {
    const own = s * (Math.log(vm[j]!) - Math.log(Math.max(u[j]!, 1) / s)) * 2 ** (j + 1);
    const estimate = Math.max(0, own);
    const likelihood = logLikelihood(reading, estimate);
    if (likelihood > best.likelihood) best = { estimate, likelihood, saturated: j === u.length - 1 && u[j]! <= 1 };
  }
  return { estimate: best.estimate, standardError: Number.NaN, saturated: best.saturated };
}

/** MCSE's joint decoder: the likelihood's maximum over [0, s ln s / p_g], where its derivative changes sign. */
export function decodeJoint(sketch: BitmapOracle, source: bigint): OracleEstimate {
  const reading = read(sketch, source);
  const { s, u, vm } = reading;
  const limit = s * Math.log(s) * 2 ** u.length;
  let below = 0;
  let above = limit;
  for (let i = 0; i < 200; i++) {
    const middle = (below + above) / 2;
    if (slope(reading, middle) > 0) below = middle;
    else above = middle;
  }
  const estimate = slope(reading, 0) <= 0 ? 0 : slope(reading, limit) >= 0 ? limit : (below + above) / 2;
  const information = u.reduce((sum, _, j) => {
    const p = 2 ** -(j + 1);
    const q = Math.min(vm[j]! * Math.exp((-estimate * p) / s), 1 - 0.5 / s);
    return sum + (s * (p / s) ** 2 * q) / (1 - q);
  }, 0);
  return { estimate, standardError: Math.sqrt(1 / information - estimate), saturated: estimate >= limit };
}

/** The most likely of many spreads tried one by one, over [0, s ln s / p_g]: no calculus. */
export function mostLikelyOnGrid(sketch: BitmapOracle, source: bigint): { best: number; step: number } {
  const reading = read(sketch, source);
  const limit = reading.s * Math.log(reading.s) * 2 ** reading.u.length;
  const step = limit / 20_000;
  let best = 0;
  for (let k = 0; k <= limit; k += step) {
    // At 0 an unloaded segment has q = 1, and a likelihood of 0 times minus infinity.
    if (!(logLikelihood(reading, best) >= logLikelihood(reading, k))) best = k;
  }
  return { best, step };
}
