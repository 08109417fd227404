/** A closed range of numbers. */
export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** NaN for no values. */
export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** The sample standard deviation (divided by n - 1); NaN for fewer than two values. */
export function standardDeviation(values: readonly number[]): number {
  const center = mean(values);
  const squares = values.reduce((sum, value) => sum + (value - center) ** 2, 0);
  return values.length < 2 ? Number.NaN : Math.sqrt(squares / (values.length - 1));
}

/** Student's t interval of the mean; undefined for fewer than two values. @param level 0.95 is 95 %. */
export function meanInterval(values: readonly number[], level = 0.95): Interval | undefined {
  const n = values.length;
  if (n < 2) return undefined;
  const half = (tQuantile(0.5 + level / 2, n - 1) * standardDeviation(values)) / Math.sqrt(n);
  const center = mean(values);
  return { low: center - half, high: center + half };
}

/** The interval of the mean of a[i] - b[i], where a[i] and b[i] come from one trial; undefined for fewer than two pairs. */
export function pairedInterval(a: readonly number[], b: readonly number[], level = 0.95): Interval | undefined {
  if (a.length !== b.length) throw new RangeError(`paired values differ in number: ${a.length} and ${b.length}`);
  return meanInterval(
    a.map((value, i) => value - b[i]),
    level,
  );
}

/** The value below which a share of the values lies, linear between order statistics (R's type 7); NaN for no values. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = Float64Array.from(values).sort();
  const at = share * (sorted.length - 1);
  const below = sorted[Math.floor(at)];
  return below + (at - Math.floor(at)) * (sorted[Math.ceil(at)] - below);
}

/** The central share of the values: at 0.95, from the 2.5 % to the 97.5 % quantile. */
export function centralRange(values: readonly number[], share = 0.95): Interval {
  return { low: quantile(values, (1 - share) / 2), high: quantile(values, (1 + share) / 2) };
}

/**
 * Student's t quantile, to about 1e-10 relative, by bisection on the distribution function.
 * @param degrees of freedom, above 0; they need not be whole. @throws RangeError for a probability outside (0, 1).
 */
export function tQuantile(probability: number, degrees: number): number {
  if (!(probability > 0 && probability < 1)) throw new RangeError(`probability ${probability} is not inside (0, 1)`);
  if (!(degrees > 0)) throw new RangeError(`degrees of freedom ${degrees} are not above 0`);
  if (probability < 0.5) return -tQuantile(1 - probability, degrees);
  let low = 0;
  let high = 1;
  while (tDistribution(high, degrees) < probability) high *= 2;
  for (let step = 0; step < 200; step++) {
    const middle = (low + high) / 2;
    if (middle === low || middle === high) break;
    if (tDistribution(middle, degrees) < probability) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** P(T <= t) for t >= 0, from the regularised incomplete beta function. */
function tDistribution(t: number, degrees: number): number {
  return 1 - incompleteBeta(degrees / 2, 0.5, degrees / (degrees + t * t)) / 2;
}

/** I_x(a, b), by its continued fraction on the side where that converges fast. */
function incompleteBeta(a: number, b: number, x: number): number {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  const front = Math.exp(logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log1p(-x));
  if (x < (a + 1) / (a + b + 2)) return (front * betaFraction(a, b, x)) / a;
  return 1 - (front * betaFraction(b, a, 1 - x)) / b;
}

/** Lentz's method for the continued fraction of the incomplete beta function (Numerical Recipes, 6.4). */
function betaFraction(a: number, b: number, x: number): number {
  const tiny = 1e-300;
  const away = (value: number) => (Math.abs(value) < tiny ? tiny : value);
  let c = 1;
  let d = 1 / away(1 - ((a + b) * x) / (a + 1));
  let fraction = d;
  for (let m = 1; m <= 10_000; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / away(1 + even * d);
    c = away(1 + even / c);
    fraction *= d * c;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / away(1 + odd * d);
    c = away(1 + odd / c);
    fraction *= d * c;
    if (Math.abs(d * c - 1) < 1e-15) break;
  }
  return fraction;
}

/** ln Gamma(x) for x > 0 (Lanczos, g = 7, nine terms; about 15 digits). */
function logGamma(x: number): number {
  if (x < 0.5) return Math.log(Math.PI / Math.sin(Math.PI * x)) - logGamma(1 - x);
  const terms = [
    676.5203681218851, -1259.1392167224028, 771.3234287776531, -176.6150291621406, 12.507343278686905,
    -0.13857109526572012, 9.984369578019572e-6, 1.5056327351493116e-7,
  ];
  const z = x - 1;
  const sum = terms.reduce((total, term, i) => total + term / (z + i + 1), 0.9999999999998099);
  const t = z + 7.5;
  return 0.5 * Math.log(2 * Math.PI) + (z + 0.5) * Math.log(t) - t + Math.log(sum);
}
