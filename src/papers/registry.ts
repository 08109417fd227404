import type { Paper } from "./experiment.ts";
import { placementPaper } from "./placement/index.ts";
import { spreadPaper } from "./spread/index.ts";

/** Every paper that `netvantage reproduce` knows, in the order of print. The only place that names them all. */
export const papers: readonly Paper[] = [spreadPaper, placementPaper];
