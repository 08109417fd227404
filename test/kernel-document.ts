import { readFileSync } from "node:fs";

/** docs/kernels.md, the contract of the border. */
export const kernelDocument = readFileSync(new URL("../docs/kernels.md", import.meta.url), "utf8");

/** The functions that the document gives a kernel, with the names of their parameters. */
export function documentedExports(kernel: string): Map<string, string[]> {
  const rows = [section("## The border"), section(`## Kernel \`${kernel}\``)].flatMap((part) =>
    part.split("\n").filter((line) => line.startsWith("| `")),
  );
  const heads = rows.flatMap((row) => [...(row.split(" | ")[0] ?? "").matchAll(/`(\w+)\(([^)]*)\)/g)]);
  return new Map(
    heads.map(([, name = "", list = ""]) => [
      name,
      list === "" ? [] : list.split(", ").map((parameter) => parameter.replace(/:.*/, "")),
    ]),
  );
}

/** The part of the document below a heading, up to the next of its level. */
function section(heading: string): string {
  const from = kernelDocument.indexOf(`\n${heading}\n`) + 1;
  const end = kernelDocument.indexOf("\n## ", from);
  return kernelDocument.slice(from, end < 0 ? undefined : end);
}
