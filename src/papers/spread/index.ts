import type { Paper } from "../experiment.ts";
import { loadPublished } from "../published.ts";
import { field } from "./field.ts";
import { fig2 } from "./fig2.ts";
import { fig3 } from "./fig3.ts";
import { fig4 } from "./fig4.ts";
import { realStream } from "./real-stream.ts";
import { table1 } from "./table1.ts";
import { table2 } from "./table2.ts";

/** Dao, Nyang, Lee: what sampling does to the estimation of spreads. */
export const spreadPaper: Paper = {
  id: "spread",
  title: "Effect of Sampling for Multi-set Cardinality Estimation",
  citation: loadPublished("spread").citation,
  experiments: [table1, table2, fig2, fig3, fig4, field, realStream],
};
