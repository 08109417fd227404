import { InvalidArgumentError } from "commander";
import { parseNumber } from "../text/parse-number.ts";

/** Parsers of option values. Each throws an InvalidArgumentError, which ends in one line that names the option. */

/** A whole number from `least` to `most`. */
export function wholeNumber(least: number, most: number = Number.MAX_SAFE_INTEGER): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (!/^\d+$/.test(text) || value < least || value > most) {
      const range = most === Number.MAX_SAFE_INTEGER ? `from ${least} on` : `from ${least} to ${most}`;
      throw new InvalidArgumentError(`It is no whole number ${range}.`);
    }
    return value;
  };
}

const BYTES: { readonly [unit: string]: number } = {
  "": 1,
  B: 1,
  kB: 1e3,
  KB: 1e3,
  MB: 1e6,
  GB: 1e9,
  KiB: 2 ** 10,
  MiB: 2 ** 20,
  GiB: 2 ** 30,
};

/** Memory in bytes to bits: `1MB` is 8,000,000 bits, `1MiB` 2^23. */
export function memoryBits(text: string): number {
  const match = /^(\d+(?:\.\d+)?)\s*([a-zA-Z]*)$/.exec(text);
  const factor = match === null ? undefined : BYTES[match[2]];
  if (match === null || factor === undefined) {
    throw new InvalidArgumentError("It is no size like 500kB, 1MB (10^6 bytes) or 1MiB (2^20 bytes).");
  }
  const bits = Math.floor(Number(match[1]) * factor) * 8;
  if (bits < 64 || bits > 2 ** 32 - 1) throw new InvalidArgumentError("It does not lie in 8 B .. 512 MiB.");
  return bits;
}

const SECONDS: { readonly [unit: string]: number } = { "": 1, ms: 1e-3, s: 1, m: 60, h: 3600, d: 86400 };

/** A duration in seconds: `30s`, `5m`, `1h`, `1d`; a number alone is seconds. */
export function seconds(text: string): number {
  const match = /^(\d+(?:\.\d+)?)\s*([a-z]*)$/.exec(text);
  const factor = match === null ? undefined : SECONDS[match[2]];
  const value = match === null || factor === undefined ? 0 : Number(match[1]) * factor;
  if (value < 1e-3) throw new InvalidArgumentError("It is no time like 30s, 5m, 1h or 1d, at least 1ms.");
  return value;
}

/** A number from 0 to `most`. */
export function numberFrom0(most = Number.MAX_VALUE): (text: string) => number {
  return (text) => {
    const value = parseNumber(text);
    if (value >= 0 && value <= most) return value;
    throw new InvalidArgumentError(`It is no number from 0 ${most === Number.MAX_VALUE ? "on" : `to ${most}`}.`);
  };
}

/** A number in (least, most]. */
export function numberIn(least: number, most: number): (text: string) => number {
  return (text) => {
    const value = parseNumber(text);
    if (!(value > least && value <= most)) throw new InvalidArgumentError(`It is no number in (${least}, ${most}].`);
    return value;
  };
}

/** `1-100000`: two whole numbers from 1 on, the second not below the first. */
export function spreadRange(text: string): { from: number; to: number } {
  const match = /^(\d+)\s*-\s*(\d+)$/.exec(text);
  const [from, to] = match === null ? [0, 0] : [Number(match[1]), Number(match[2])];
  if (from < 1 || to < from || to > Number.MAX_SAFE_INTEGER) {
    throw new InvalidArgumentError("It is no range of spreads like 1-100000.");
  }
  return { from, to };
}

/** The name of an SVG file to write. */
export function svgFile(text: string): string {
  if (/\.svg$/i.test(text)) return text;
  throw new InvalidArgumentError("It is no name of an SVG file, like network.svg.");
}
