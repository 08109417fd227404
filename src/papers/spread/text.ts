/** For notes and evidence: "one run", "20 runs". */
export function runs(n: number): string {
  return n === 1 ? "one run" : `${n} runs`;
}
