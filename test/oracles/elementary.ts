/** log, exp and cos in fixed point of 300 bits, from their series: slow, and right far beyond a double. */

const BITS = 300n;
const ONE = 1n << BITS;

/** A double is a whole number times a power of two: here it is exact. */
export function fixed(x: number): bigint {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, x);
  const bits = view.getBigUint64(0);
  const exponent = Number((bits >> 52n) & 0x7ffn);
  const fraction = bits & ((1n << 52n) - 1n);
  const whole = exponent === 0 ? fraction : fraction | (1n << 52n);
  const shift = BITS + BigInt(Math.max(exponent, 1) - 1075);
  const value = shift >= 0n ? whole << shift : whole >> -shift;
  return bits >> 63n === 0n ? value : -value;
}

function times(a: bigint, b: bigint): bigint {
  return (a * b) >> BITS;
}

/** e^x for any fixed-point x. */
export function expFixed(x: bigint): bigint {
  const halvings = 40n;
  const small = x >> halvings;
  let [sum, term] = [ONE, ONE];
  for (let i = 1n; term !== 0n && i < 100n; i++) {
    term = times(term, small) / i;
    sum += term;
  }
  for (let i = 0n; i < halvings; i++) sum = times(sum, sum);
  return sum;
}

/** ln x for x > 0: Newton's steps on e^y = x. */
export function logFixed(x: bigint): bigint {
  const log2 = x.toString(2).length - Number(BITS) - 1;
  let y = fixed(log2 * Math.LN2);
  for (let i = 0; i < 12; i++) {
    const e = expFixed(y);
    y += ((2n * (x - e)) << BITS) / (x + e);
  }
  return y;
}

export function cosFixed(x: bigint): bigint {
  const halvings = 40n;
  const small = x >> halvings;
  const square = times(small, small);
  // 1 - cos, whose doublings lose nothing
  let [rest, term] = [0n, ONE];
  for (let i = 1n; i < 40n; i++) {
    term = -times(term, square) / ((2n * i - 1n) * 2n * i);
    rest -= term;
  }
  for (let i = 0n; i < halvings; i++) rest = 4n * rest - 2n * times(rest, rest);
  return ONE - rest;
}

/** |measured - exact| in units of the last place of the double. */
export function ulpsOff(measured: number, exact: bigint): number {
  const difference = fixed(measured) - exact;
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, Math.abs(measured));
  const exponent = Math.max(1, Number(view.getBigUint64(0) >> 52n));
  const ulp = fixed(2 ** (exponent - 1075));
  const size = difference < 0n ? -difference : difference;
  return Number((size * 1000n) / ulp) / 1000;
}
