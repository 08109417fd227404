/** Words for numbers in notes and evidence. */

/** Three significant digits: 0.0863, 1.44, 1230. */
export function short(value: number): string {
  return String(Number(value.toPrecision(3)));
}

/** 0.214 is "21.4 %". */
export function percent(share: number): string {
  return `${short(share * 100)} %`;
}

/** "one run", "20 runs". */
export function runs(n: number): string {
  return n === 1 ? "one run" : `${n} runs`;
}
