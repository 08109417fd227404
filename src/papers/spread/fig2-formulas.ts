/** Where Figure 2 is drawn. */
export interface Setting {
  /** Distinct contacts in the sketch. */
  readonly n: number;
  /** Its bits. */
  readonly m: number;
  /** Virtual bits of a source. */
  readonly s: number;
}

/** Section 3: "when n = 8.4 million, m = 8 million, s = 256". */
export const FIGURE_2: Setting = { n: 8_400_000, m: 8_000_000, s: 256 };

/**
 * Var(k2), equation (4): (s/p^2) (e^((a+b)p) - b p^2 - 1), a = n/m, b = k/s. It is also the variance of the estimate, since
 * the noise term's is negligible and uncorrelated: equation (7) mended.
 */
export function variance({ n, m, s }: Setting, k: number, p: number): number {
  return (s / p ** 2) * (Math.expm1((n / m + k / s) * p) - (k / s) * p ** 2);
}

/** Equation (7), the variance of the estimate, as printed. */
export function printedVariance(setting: Setting, k: number, p: number): number {
  const { n, m, s } = setting;
  const [a, b] = [n / m, k / s];
  const noise = Math.expm1(a * p) - a * p ** 2;
  const raw = Math.expm1((a + b) * p) - b * p ** 2;
  return (
    noiseVariance(setting, p) +
    variance(setting, k, p) +
    2 * (s / p) ** 2 * ((a * raw) / (2 * s) + ((a + b) * noise) / (2 * m))
  );
}

/** Var(k1), equation (2). */
export function noiseVariance({ n, m, s }: Setting, p: number): number {
  return (s ** 2 / (m * p ** 2)) * (Math.expm1((n / m) * p) - (n / m) * p ** 2);
}

/** Zero bits expected in the virtual vector, s e^(-(a+b)p); equation (4) is a second-order expansion that wants many. */
export function expectedZeros({ n, m, s }: Setting, k: number, p: number): number {
  return s * Math.exp(-(n / m + k / s) * p);
}

/** The sampling probability in (0, 1] of least variance, which has one minimum, by golden section. */
export function bestSampling(setting: Setting, k: number): number {
  const golden = (Math.sqrt(5) - 1) / 2;
  let [low, high] = [1e-4, 1];
  while (high - low > 1e-9) {
    const width = golden * (high - low);
    if (variance(setting, k, high - width) < variance(setting, k, low + width)) high = low + width;
    else low = high - width;
  }
  return high > 1 - 1e-6 ? 1 : (low + high) / 2;
}

/** The spread from which on some p below 1 gives less variance than 1, by bisection. */
export function helpfulFrom(setting: Setting): number {
  let [low, high] = [1, 10_000];
  while (high - low > 1e-3) {
    const middle = (low + high) / 2;
    if (bestSampling(setting, middle) < 1) high = middle;
    else low = middle;
  }
  return high;
}
