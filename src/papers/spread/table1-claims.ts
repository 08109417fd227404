import { mean } from "../../numbers/statistics.ts";
import type { Claim } from "../../results/comparison.ts";
import { significant } from "../../text/numbers.ts";
import { loadPublished, publishedCell, publishedTable } from "../published.ts";
import { numberCell } from "../verdict.ts";
import {
  CSE_256,
  CSE_1024,
  CSES_256,
  MCSE_CANDIDATE,
  MCSE_JOINT,
  type PublishedConfiguration,
} from "./configurations.ts";
import { PUBLISHED_ROWS, rowName } from "./rows.ts";
import { type ErrorsTrial, errorsOf, rowMeans } from "./tasks.ts";
import { runs } from "./text.ts";

const file = loadPublished("spread");
const table = publishedTable(file, "table1");
const gains = publishedTable(file, "gain");

/** Of 12 rows, from this many on an ordering counts as the paper's pattern. */
const MOST_ROWS = 9;

/** What Section 4 says of Table 1, held against our rows. @param trials on the fitted trace */
export function claimsOfTable1(trials: readonly ErrorsTrial[]): Claim[] {
  return [
    gainClaim(trials, 9, "the accuracy of CSES is 1.3 times better than CSE's (s = 256) in range 512-1023"),
    gainClaim(trials, 11, "the accuracy of CSES is 5.24 times better than CSE's (s = 256) in range 2048-4095"),
    betterClaim(trials),
    orderClaim(trials, "CSES is better than MCSE in accuracy", CSES_256, MCSE_CANDIDATE, () => true),
    orderClaim(
      trials,
      "the accuracy of MCSE is less than that of CSE (s = 1024)",
      CSE_1024,
      MCSE_CANDIDATE,
      () => true,
    ),
    orderClaim(
      trials,
      "compared to CSE with s = 1024, CSES is better for low spreaders (in Table 1 up to 128-255) and worse for high ones",
      CSES_256,
      CSE_1024,
      (row) => row < 8,
    ),
  ];
}

/** @param row its error ratio CSE-256 / CSES-256 is what the paper prints */
function gainClaim(trials: readonly ErrorsTrial[], row: number, text: string): Claim {
  const [cse, cses] = [CSE_256, CSES_256].map((each) => rowMeans(errorsOf(trials, "fitted", each), row));
  const column = "CSE-256 error / CSES error";
  const context = { row: rowName(row), column, published: publishedCell(gains, rowName(row), column) };
  const cell = numberCell(
    context,
    cse.map((error, i) => error / cses[i]),
  );
  const [a, d] = [CSE_256, CSES_256].map((each) => Number(publishedCell(table, rowName(row), each.column)?.value));
  return {
    by: "paper",
    text,
    verdict: cell.verdict ?? "not run",
    evidence: `measured ${significant(Number(cell.measured), 3)} (${runs(cse.length)}${cell.how === "" ? "" : `, ${cell.how}`}); the paper's own rows give ${a} / ${d} = ${significant(a / d, 3)}`,
  };
}

function betterClaim(trials: readonly ErrorsTrial[]): Claim {
  const [cse, cses] = [CSE_256, CSES_256].map((each) =>
    [9, 10].map((row) => mean(rowMeans(errorsOf(trials, "fitted", each), row))),
  );
  const better = cses.filter((error, i) => error < cse[i]).length;
  return {
    by: "paper",
    text: "spreads from 512 to 2047 are estimated better by CSES than by CSE with the same s = 256",
    verdict: better === 2 ? "agrees" : "differs",
    evidence: `errors ${cses.map((value) => significant(value, 3)).join(" and ")} against ${cse.map((value) => significant(value, 3)).join(" and ")} in rows 512-1023 and 1024-2047`,
  };
}

/** Whether a's error is below b's where the paper says so, and above it elsewhere; row by row. */
function orderClaim(
  trials: readonly ErrorsTrial[],
  text: string,
  a: PublishedConfiguration,
  b: PublishedConfiguration,
  isBelow: (row: number) => boolean,
): Claim {
  const rows = Array.from({ length: PUBLISHED_ROWS }, (_, row) => row);
  const errorOf = (id: PublishedConfiguration, row: number) => mean(rowMeans(errorsOf(trials, "fitted", id), row));
  const printed = (id: PublishedConfiguration, row: number) =>
    Number(publishedCell(table, rowName(row), id.column)?.value);
  const holds = (of: typeof errorOf) => rows.filter((row) => of(a, row) < of(b, row) === isBelow(row));
  const [ours, theirs] = [holds(errorOf), holds(printed)];
  const joint = rows.filter((row) => {
    const values = rowMeans(errorsOf(trials, "fitted", MCSE_JOINT), row);
    return mean(values) < errorOf(a, row);
  });
  const withJoint = `; MCSE decoded jointly is better than ${a.name} in ${joint.length} of ${rows.length}`;
  return {
    by: "paper",
    text,
    verdict: ours.length === rows.length ? "agrees" : ours.length >= MOST_ROWS ? "pattern" : "differs",
    evidence:
      `so in ${ours.length} of ${rows.length} rows measured, ${theirs.length} of ${rows.length} printed` +
      (b.id === MCSE_CANDIDATE.id ? `${withJoint} (column C itself is not reproduced)` : ""),
  };
}
