import type { Paper } from "../experiment.ts";
import { loadPublished } from "../published.ts";
import { table1 } from "./table1.ts";

/** Dao, Nyang, Lee: what sampling does to the estimation of spreads. */
export const daoNyangLee: Paper = {
  id: "spread",
  title: "Effect of Sampling for Multi-set Cardinality Estimation",
  citation: loadPublished("spread").citation,
  experiments: [table1],
};
