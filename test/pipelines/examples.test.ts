import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

function run(example: string): string[] {
  const file = fileURLToPath(new URL(`../../examples/${example}/main.mjs`, import.meta.url));
  const { status, stdout, stderr } = spawnSync(process.execPath, [file], { encoding: "utf8" });
  expect([status, stderr]).toEqual([0, ""]);
  return stdout.trimEnd().split("\n");
}

describe("the examples", () => {
  it("use the kernel without netvantage's JavaScript", () => {
    const [scanner, quiet, ...rest] = run("embed-node").map((line) =>
      /^(\S+): (\S+) destinations, standard error (\S+)$/.exec(line),
    );
    expect([scanner?.[1], quiet?.[1], rest]).toEqual(["10.0.0.1", "10.0.0.2", []]);
    expect(Math.abs(Number(scanner?.[2]) - 1000)).toBeLessThan(3 * Number(scanner?.[3]));
    expect(Number(quiet?.[2])).toBeCloseTo(3, 0);
  });

  it("use the package as a library", () => {
    const lines = run("library");
    expect(lines[0]).toMatch(/^plan: mcse, \d+ virtual bits, \d+ segments$/);
    const truths = { morning: 600, evening: 600, total: 1100 };
    for (const [name, truth] of Object.entries(truths)) {
      const line = lines.find((each) => each.startsWith(`${name}: `));
      const [, estimate, error] = /contacted (\d+) hosts, standard error (\d+)$/.exec(line ?? "") ?? [];
      expect(Math.abs(Number(estimate) - truth)).toBeLessThan(3 * Number(error));
    }
    expect(lines.at(-1)).toMatch(/^top: 10\.0\.0\.1, about \d+$/);
  });
});
