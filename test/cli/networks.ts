// Small networks, routes and what goes with them, for the tests of place and traceback.
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll } from "vitest";
import { netvantage } from "../pipelines/command.ts";

/** Runs a command line in this process. */
export const run = (...argv: readonly string[]) => netvantage(argv);

/** Two stars, joined; h is apart. */
const STARS = `graph [
  node [ id 0 label "Hub, north" kind "core" x 0 y 0 ]
  node [ id 1 label "a" kind "host" x -1 y 1 ]
  node [ id 2 label "b" kind "host" x -1 y -1 ]
  node [ id 3 label "Hub south" kind "core" x 2 y 0 ]
  node [ id 4 label "c" kind "host" x 3 y 1 ]
  node [ id 5 label "d" kind "host" x 3 y -1 ]
  node [ id 6 label "h" kind "island" ]
  edge [ source 0 target 1 ] edge [ source 0 target 2 ] edge [ source 0 target 3 ]
  edge [ source 3 target 4 ] edge [ source 3 target 5 ]
]
`;

/** Two nodes are called Oslo, one is called as another's identifier, and one has an equals sign. */
const TWINS = `graph [
  node [ id 1 label "Oslo" ] node [ id 2 label "Oslo" ] node [ id 3 label "1" ] node [ id 4 label "a=b" ] node [ id 5 label "Rome" ]
  edge [ source 1 target 2 ] edge [ source 2 target 3 ] edge [ source 3 target 4 ] edge [ source 4 target 5 ]
]
`;

export const FILES: Readonly<Record<string, string>> = {
  "stars.gml": STARS,
  "line.txt": "a b\nb c\nc d\n",
  "alone.gml": 'graph [ node [ id 0 label "a" ] ]',
  "empty.txt": "",
  "ring.txt": "a b\nb c\nc a\n",
  "rates.csv": "node,rate\na,1\nb,2\nc,3\nd,4\n",
  "rates-short.csv": "a,1\nb,2\n",
  "rates-bad.csv": "a,1\nb,-2\n",
  "rates-nan.csv": "a,1\nb,NaN\n",
  "rates-unknown.csv": "a,1\nzz,2\n",
  "rates-twice.csv": "a,1\na,2\n",
  "rates-columns.csv": "a,1,2\n",
  "costs.csv": '# what a monitor costs\n"Hub, north",5\nHub south,1\n',
  "costs-zero.csv": "a,0\n",
  "costs-decimal.csv": "a,0.3\nb,0.20\nc,1e-1\nd,0.1\n",
  "twins.gml": TWINS,
  "demands.txt": "a d 10\nb a 1\n",
  "demands-end.txt": "a b 10\n",
  "routes.txt": "s1 s2 r1 r2\ns2 s1 r2\ns1 s3 r1\ns3 s1 r3\n",
};

/** Writes the files before a suite's tests and removes them afterwards; `path` tells where one lies. */
export function useFiles() {
  let directory = "";
  const path = (name: string): string => join(directory, name);
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), "netvantage-place-"));
    for (const [name, text] of Object.entries(FILES)) await writeFile(path(name), text);
  });
  afterAll(() => rm(directory, { recursive: true }));
  return path;
}
