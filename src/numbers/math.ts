/**
 * Logarithm, exponential and cosine from + - * / and the bits of a double alone, so that they give the same bits in every
 * engine: ECMAScript leaves those of Math.log, Math.exp and Math.cos to the implementation. Ported from fdlibm (Sun
 * Microsystems, 1993: e_log.c, e_exp.c, k_cos.c, k_sin.c, e_rem_pio2.c), whose errors are below 1 ulp.
 */

const view = new DataView(new ArrayBuffer(8));

/** The upper 32 bits: sign, exponent, 20 bits of the fraction. */
function highWord(x: number): number {
  view.setFloat64(0, x);
  return view.getInt32(0);
}

function lowWord(x: number): number {
  view.setFloat64(0, x);
  return view.getUint32(4);
}

function fromWords(high: number, low: number): number {
  view.setInt32(0, high);
  view.setUint32(4, low);
  return view.getFloat64(0);
}

/** 2^k for a normal number. */
function powerOfTwo(k: number): number {
  return fromWords((1023 + k) << 20, 0);
}

const TWO_TO_54 = 18_014_398_509_481_984;
const LN2_HIGH = 0.6931471803691238;
const LN2_LOW = 1.9082149292705877e-10;

const L1 = 0.6666666666666735;
const L2 = 0.3999999999940942;
const L3 = 0.2857142874366239;
const L4 = 0.22222198432149784;
const L5 = 0.1818357216161805;
const L6 = 0.15313837699209373;
const L7 = 0.14798198605116586;

/** The natural logarithm, to 1 ulp; -Infinity for 0, NaN below. */
export function log(x: number): number {
  if (!(x > 0)) return x === 0 ? Number.NEGATIVE_INFINITY : Number.NaN;
  if (x === Number.POSITIVE_INFINITY) return x;
  const isSubnormal = highWord(x) < 0x00100000;
  const scaled = isSubnormal ? x * TWO_TO_54 : x;
  const exponent = (highWord(scaled) >> 20) - 1023 - (isSubnormal ? 54 : 0);
  const fraction = highWord(scaled) & 0xfffff;
  // x = 2^k (1 + f) with sqrt(2)/2 < 1 + f < sqrt(2)
  const halved = (fraction + 0x95f64) & 0x100000;
  const f = fromWords(fraction | (halved ^ 0x3ff00000), lowWord(scaled)) - 1;
  const k = exponent + (halved >> 20);
  if ((0xfffff & (2 + fraction)) < 3) {
    if (f === 0) return k * LN2_HIGH + k * LN2_LOW;
    const rest = f * f * (0.5 - 0.3333333333333333 * f);
    return k === 0 ? f - rest : k * LN2_HIGH - (rest - k * LN2_LOW - f);
  }
  const s = f / (2 + f);
  const z = s * s;
  const w = z * z;
  const rest = z * (L1 + w * (L3 + w * (L5 + w * L7))) + w * (L2 + w * (L4 + w * L6));
  if (((fraction - 0x6147a) | (0x6b851 - fraction)) > 0) {
    const half = 0.5 * f * f;
    if (k === 0) return f - (half - s * (half + rest));
    return k * LN2_HIGH - (half - (s * (half + rest) + k * LN2_LOW) - f);
  }
  if (k === 0) return f - s * (f - rest);
  return k * LN2_HIGH - (s * (f - rest) - k * LN2_LOW - f);
}

const OVERFLOW = 709.782712893384;
const UNDERFLOW = -745.1332191019411;
const INVERSE_LN2 = Math.LOG2E;
const P1 = 0.16666666666666602;
const P2 = -0.0027777777777015593;
const P3 = 0.00006613756321437934;
const P4 = -0.0000016533902205465252;
const P5 = 4.1381367970572385e-8;

/** e^x, to 1 ulp; Infinity and 0 beyond the range of a double. */
export function exp(x: number): number {
  if (Number.isNaN(x)) return x;
  if (x > OVERFLOW) return Number.POSITIVE_INFINITY;
  if (x < UNDERFLOW) return 0;
  const size = highWord(x) & 0x7fffffff;
  if (size < 0x3e300000) return 1 + x;
  // x = k ln 2 + r with |r| <= ln 2 / 2
  const k = size > 0x3fd62e42 ? Math.trunc(INVERSE_LN2 * x + (x < 0 ? -0.5 : 0.5)) : 0;
  const high = x - k * LN2_HIGH;
  const low = k * LN2_LOW;
  const r = high - low;
  const t = r * r;
  const c = r - t * (P1 + t * (P2 + t * (P3 + t * (P4 + t * P5))));
  if (k === 0) return 1 - ((r * c) / (c - 2) - r);
  const y = 1 - (low - (r * c) / (2 - c) - high);
  if (k === 1024) return y * 2 * powerOfTwo(1023);
  return k >= -1021 ? y * powerOfTwo(k) : y * powerOfTwo(k + 1000) * powerOfTwo(-1000);
}

/** pi / 2 in three parts of 33 bits, each with what is left of it. */
const PARTS = [
  [1.5707963267341256, 6.077100506506192e-11],
  [6.077100506303966e-11, 2.0222662487959506e-21],
  [2.0222662487111665e-21, 8.4784276603689e-32],
] as const;
const TWO_OVER_PI = 0.6366197723675814;
/** 2^19 pi / 2: up to here the parts leave a double of the remainder. */
const LARGEST_ANGLE = 823549;

const C1 = 0.0416666666666666;
const C2 = -0.001388888888887411;
const C3 = 0.00002480158728947673;
const C4 = -2.7557314351390663e-7;
const C5 = 2.087572321298175e-9;
const C6 = -1.1359647557788195e-11;
const S1 = -0.16666666666666632;
const S2 = 0.00833333333332249;
const S3 = -0.0001984126982985795;
const S4 = 0.0000027557313707070068;
const S5 = -2.5050760253406863e-8;
const S6 = 1.58969099521155e-10;

/** The cosine, to 1 ulp. @throws RangeError beyond 823,549 (2^19 quarters of a turn) and for NaN. */
export function cos(x: number): number {
  const size = Math.abs(x);
  if (!(size <= LARGEST_ANGLE)) throw new RangeError(`cos: ${x} is not between -${LARGEST_ANGLE} and ${LARGEST_ANGLE}`);
  const quarters = size <= Math.PI / 4 ? 0 : Math.trunc(size * TWO_OVER_PI + 0.5);
  const { value, tail } = remainder(size, quarters);
  if (quarters % 2 === 0) return (quarters % 4 === 0 ? 1 : -1) * cosine(value, tail);
  return (quarters % 4 === 3 ? 1 : -1) * sine(value, tail);
}

/** x - n pi/2 as a double and what it lacks. */
function remainder(x: number, n: number): { readonly value: number; readonly tail: number } {
  if (n === 0) return { value: x, tail: 0 };
  let left = x - n * PARTS[0][0];
  let lost = n * PARTS[0][1];
  for (const [part, [head, rest]] of PARTS.slice(1).entries()) {
    const cancelled = exponentOf(x) - exponentOf(left - lost);
    if (cancelled <= (part === 0 ? 16 : 49)) break;
    const before = left;
    const taken = n * head;
    left = before - taken;
    lost = n * rest - (before - left - taken);
  }
  const value = left - lost;
  return { value, tail: left - value - lost };
}

function exponentOf(x: number): number {
  return (highWord(x) >> 20) & 0x7ff;
}

/** cos(x + y) for |x| <= pi/4 and y its tail. */
function cosine(x: number, y: number): number {
  const size = highWord(x) & 0x7fffffff;
  if (size < 0x3e400000) return 1;
  const z = x * x;
  const r = z * (C1 + z * (C2 + z * (C3 + z * (C4 + z * (C5 + z * C6)))));
  if (size < 0x3fd33333) return 1 - (0.5 * z - (z * r - x * y));
  const quarter = size > 0x3fe90000 ? 0.28125 : fromWords(size - 0x00200000, 0);
  return 1 - quarter - (0.5 * z - quarter - (z * r - x * y));
}

/** sin(x + y) for |x| <= pi/4 and y its tail. */
function sine(x: number, y: number): number {
  if ((highWord(x) & 0x7fffffff) < 0x3e400000) return x;
  const z = x * x;
  const v = z * x;
  const r = S2 + z * (S3 + z * (S4 + z * (S5 + z * S6)));
  return x - (z * (0.5 * y - v * r) - y - v * S1);
}
