import { daoNyangLee } from "./dao-nyang-lee/index.ts";
import type { Paper } from "./experiment.ts";
import { tangDaniels } from "./tang-daniels/index.ts";

/** Every paper that `netvantage reproduce` knows, in the order of print. The only place that names them all. */
export const papers: readonly Paper[] = [daoNyangLee, tangDaniels];
